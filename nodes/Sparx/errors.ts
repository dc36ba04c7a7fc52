import type { IDataObject } from 'n8n-workflow';
import { attempt } from '../shared/attempt';
import { RequestError } from '../shared/transport/requestError';

/** The status that a request was refused with; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
	return error instanceof RequestError ? error.ending.response?.status : undefined;
}

/** What a refusal lists as wrong; undefined when it lists nothing. */
export function detailsOf(error: unknown): IDataObject[] | undefined {
	if (!(error instanceof RequestError)) return undefined;
	const { response } = error.ending;
	const body = attempt(() => JSON.parse(response?.body ?? '') as { error?: { details?: IDataObject[] } });
	return body.ok ? body.value.error?.details : undefined;
}

/** Whether a write that ended so may have been done. */
export function isUncertain(error: unknown): boolean {
	return error instanceof RequestError && error.ending.outcome === 'ambiguous';
}
