import * as host from 'n8n-workflow';
import type { IDataObject, INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { sentences } from '../data/sentences';
import { detailsOf } from '../transport/errors';

/**
 * Older hosts send an item to the error output only if it holds nothing but `error` and `message`, and would else let
 * it go on as a success. What the host knows tells its age: this export came after the change.
 */
const HOST_ROUTES_DETAILS = 'TIMED_CAUSES' in host;

/**
 * What an item that failed gives where the node goes on: what happened, the same with what to do, and details (status,
 * code, request ID). n8n's own `error` of an item stays unset: it would wipe all this.
 */
export function failedItem(error: NodeApiError | NodeOperationError, { onError }: INode): IDataObject {
	const message = sentences(error.message, error.description ?? undefined);
	const failed = { error: error.message, message };
	if (onError === 'continueErrorOutput' && !HOST_ROUTES_DETAILS) return failed;
	return { ...failed, details: detailsOf(error) };
}
