import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { nodeError } from '../../shared/transport/errors';
import { openTransport } from '../../shared/transport/transport';
import { recordsIn, totalIn } from '../answer';
import { CUSTOMERS } from '../resources/customer/customer';
import { sparx } from '../vendor';

/** How long the user may be kept waiting for the rate limit. */
const MAX_WAIT_MS = 10_000;

const PAGE = 50;

function nameOf({ id, firstName, lastName, email, company }: IDataObject): string {
	const person = [firstName, lastName].filter(Boolean).join(' ');
	return [person || company, email].filter(Boolean).join(', ') || String(id);
}

/** The customers for the list of a field, page by page (contract 3.5). Throws NodeApiError or NodeOperationError. */
export async function searchCustomers(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	let secrets: string[] = [];
	try {
		const transport = await openTransport(this, sparx);
		secrets = transport.secrets;
		const send = transport.sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS });
		const skip = Number(paginationToken ?? 0);
		const query = { q: filter || undefined, take: PAGE, skip };
		const answer = await send({ method: 'GET', path: CUSTOMERS, query });
		const customers = recordsIn(answer);
		const isMore = customers.length > 0 && skip + customers.length < (totalIn(answer) ?? 0);
		return {
			results: customers.map((customer) => ({ name: nameOf(customer), value: String(customer.id) })),
			...(isMore ? { paginationToken: String(skip + customers.length) } : {}),
		};
	} catch (error) {
		throw nodeError(error, { node: this.getNode(), vendor: sparx, secrets, action: 'List customers' });
	}
}
