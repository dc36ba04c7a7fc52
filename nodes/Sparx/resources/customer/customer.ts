import type { IDataObject } from 'n8n-workflow';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { pagesOf } from '../../lists';
import { present } from '../fields';

export const CUSTOMERS = ['crm', 'customers'];

/** A partial update puts these back to their defaults in some versions of Sparx, so they are always sent (contract 3.5). */
const RESET_WHEN_UNSENT = ['type', 'doNotContact', 'tags'];

export async function readCustomer(customerId: string, send: Send): Promise<IDataObject> {
	return recordIn(await send({ method: 'GET', path: [...CUSTOMERS, customerId], safety: 'safe' }));
}

/** Changes some fields of a customer and nothing else; `metadata` is added to. Throws RequestError. */
export async function changeCustomer(
	customerId: string,
	changes: IDataObject,
	send: Send,
): Promise<IDataObject> {
	const before = await readCustomer(customerId, send);
	const kept = Object.fromEntries(RESET_WHEN_UNSENT.map((field) => [field, before[field]])) as IDataObject;
	const body = { ...present(kept), ...changes };
	if (changes.metadata)
		body.metadata = { ...(before.metadata as IDataObject), ...(changes.metadata as IDataObject) };
	const path = [...CUSTOMERS, customerId];
	return recordIn(await send({ method: 'PATCH', path, body, safety: 'idempotent' }));
}

/**
 * The customer with exactly this email. Sparx's search looks for a part of it, in any case and in other fields too,
 * while emails are told apart by case (contract 3.5).
 */
export async function findByEmail(
	email: string,
	send: Send,
	extra: IDataObject = {},
): Promise<IDataObject | undefined> {
	for await (const page of pagesOf(CUSTOMERS, { q: email, ...extra }, send, Infinity)) {
		const match = page.find((customer) => customer.email === email);
		if (match) return match;
	}
	return undefined;
}
