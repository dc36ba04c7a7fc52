import { NodeApiError, UserError, NodeOperationError, type IDataObject, type JsonObject } from 'n8n-workflow';
import { withoutUndefined } from '../data/values';
import { presentable, readVendorError, saying, wordsFor, type ErrorSource, type Words } from './errorWords';
import { transportCode } from './outcome';
import { RefusedError, RequestError, type RequestEnding } from './requestError';

function technicalities(details: IDataObject): string {
	const { status, code, requestId } = details;
	const parts = [
		status === undefined ? undefined : `status ${String(status)}`,
		code === undefined ? undefined : `code ${String(code)}`,
		requestId === undefined ? undefined : `request ID ${String(requestId)}`,
	].filter((part) => part !== undefined);
	return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

type Failure = NonNullable<ConstructorParameters<typeof NodeApiError>[2]>['failure'];

/** Tells hosts that understand it why the node failed, so that they can wait or ask for a new key. */
function failureOf({ outcome, waitMs, response, unauthenticated }: RequestEnding): Failure {
	if (outcome === 'throttled')
		return { cause: 'rate-limited', ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }) };
	if (outcome === 'notSent' || outcome === 'ambiguous') return { cause: 'temporarily-unavailable' };
	if (response?.status === 401 && !unauthenticated) return { cause: 'credential-invalid' };
	return undefined;
}

/** Details of an API error for the output of an item that failed. */
export function detailsOf(error: Error): IDataObject {
	return error instanceof NodeApiError ? ((error.context.data as IDataObject) ?? {}) : {};
}

/**
 * Puts a request's ending into words: message = what happened with the vendor's own words, description = what to do
 * with status, code and request ID; `context.data` holds those three.
 */
export function apiError({ ending }: RequestError, source: ErrorSource): NodeApiError {
	const vendorError = readVendorError(ending, source);
	const { code = transportCode(ending.cause), requestId } = vendorError;
	const details = { status: ending.response?.status, code, requestId };
	return builtError(wordsFor(ending, vendorError, source), details, source, failureOf(ending));
}

/** The same for what was refused inside an answer with a good status. */
function refusedError({ refusal, advice }: RefusedError, source: ErrorSource): NodeApiError {
	const { vendor, secrets } = source;
	const said = saying(presentable(refusal.message, secrets));
	const words = {
		message: `${vendor.name} did not accept this item${said}`,
		description: advice ?? 'Check the values of this item.',
	};
	const { code, requestId } = refusal;
	return builtError(words, { code: presentable(code, secrets), requestId }, source);
}

function builtError(
	words: Words,
	{ status, code, requestId }: { status?: number; code?: string; requestId?: string },
	{ node, itemIndex }: ErrorSource,
	failure?: Failure,
): NodeApiError {
	const details = withoutUndefined({ status, code, requestId }) as IDataObject;
	const { message } = words;
	const error = new NodeApiError(node, { message } as JsonObject, {
		message,
		description: `${words.description}${technicalities(details)}`,
		httpCode: status === undefined ? undefined : String(status),
		itemIndex,
		failure,
	});
	// n8n replaces a message that contains a system error code, even as a part of a word of the vendor's.
	error.message = message;
	error.context.data = details;
	return error;
}

/** Any error of ours as one that n8n shows in full, tied to its item. */
export function nodeError(error: unknown, source: ErrorSource): NodeApiError | NodeOperationError {
	if (error instanceof RequestError) return apiError(error, source);
	if (error instanceof RefusedError) return refusedError(error, source);
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		error.context.itemIndex ??= source.itemIndex;
		return error;
	}
	const { message, description } = error as UserError;
	return new NodeOperationError(source.node, message, {
		description: description ?? undefined,
		itemIndex: source.itemIndex,
	});
}
