import { RequestError } from '../shared/transport/requestError';

/** The status that a request was refused with; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
	return error instanceof RequestError ? error.ending.response?.status : undefined;
}

/** Whether a write that ended so may have been done. */
export function isUncertain(error: unknown): boolean {
	return error instanceof RequestError && error.ending.outcome === 'ambiguous';
}
