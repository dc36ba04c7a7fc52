import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { nodeError } from '../../shared/transport/errors';
import { openTransport } from '../../shared/transport/transport';
import { leadConduit } from '../vendor';

/** Somebody is looking at the open list meanwhile. */
const MAX_WAIT_MS = 10_000;

/**
 * Reads something for the editor.
 * @param action what is attempted, as an error names it
 * @throws NodeApiError or NodeOperationError
 */
export async function read(context: ILoadOptionsFunctions, path: string[], action: string): Promise<unknown> {
	let secrets: string[] = [];
	try {
		const transport = await openTransport(context, leadConduit);
		secrets = transport.secrets;
		return await transport.sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS })({ method: 'GET', path });
	} catch (error) {
		throw nodeError(error, { node: context.getNode(), vendor: leadConduit, secrets, action });
	}
}
