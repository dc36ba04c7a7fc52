import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import { RequestError } from '../../../shared/transport/requestError';
import type { Send } from '../../../shared/transport/transport';
import { listOf } from '../../lists';

/** One field that a source takes. */
export interface Param {
	/** Key of the field in a submission. */
	name: string;
	/** As people read it. */
	label: string;
	/** ActiveProspect's name of the field's type, such as `email`. */
	type?: string;
	/** What the field is for. */
	description?: string;
}

/** What is known about posting to a source; without a description of the source only the flow's fields. */
export interface SubmissionDetails {
	/** The fields that a submission may hold. */
	params: Param[];
	/** The source's own description of itself, where it has one. */
	description?: IDataObject;
}

function paramOf({ name, id, label, type, description }: IDataObject): Param {
	const key = String(id ?? name);
	return {
		name: key,
		label: String(label ?? name ?? key),
		...(type ? { type: String(type) } : {}),
		...(description ? { description: String(description) } : {}),
	};
}

/**
 * The description of a source, or the flow's fields where there is none
 * (docs/vendors/activeprospect.md#flows).
 */
export async function submissionDetails(
	flowId: string,
	sourceId: string,
	send: Send,
): Promise<SubmissionDetails> {
	const path = ['flows', flowId, 'sources', sourceId, 'meta'];
	const read = await attemptAsync(async () => (await send({ method: 'GET', path })) as IDataObject);
	if (read.ok) return { params: listOf(read.value.params).map(paramOf), description: read.value };
	const status = read.error instanceof RequestError ? read.error.ending.response?.status : undefined;
	if (status === undefined || status === 401 || status < 400 || status >= 500) throw read.error;
	const fields = listOf(await send({ method: 'GET', path: ['flows', flowId, 'fields'] }));
	return { params: fields.map(paramOf) };
}
