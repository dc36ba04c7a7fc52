import type { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { nodeError } from './errors';
import type { RequestContext } from './http';
import { openTransport, type Transport } from './transport';
import type { Vendor } from '../vendor';

/** What is attempted through a transport, for the words of an error. */
export interface Attempted {
	/** As the UI names it, e.g. "Register webhook". */
	action: string;
	/** What a person can do when the vendor answers with a status. */
	advice?: Record<number, string>;
}

/** What `withTransport` throws. */
export type TransportFailure = NodeApiError | NodeOperationError;

/**
 * Opens the way to a vendor with the credential of the node and does something by it.
 * @throws TransportFailure whatever went wrong, in words and without secrets
 */
export async function withTransport<Result>(
	context: RequestContext,
	vendor: Vendor,
	attempted: Attempted,
	work: (transport: Transport) => Promise<Result>,
): Promise<Result> {
	let secrets: string[] = [];
	try {
		const transport = await openTransport(context, vendor);
		secrets = transport.secrets;
		return await work(transport);
	} catch (error) {
		throw nodeError(error, { node: context.getNode(), vendor, secrets, ...attempted });
	}
}
