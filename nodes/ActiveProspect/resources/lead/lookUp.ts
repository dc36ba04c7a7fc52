import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import { RequestError } from '../../../shared/transport/requestError';
import type { Send } from '../../../shared/transport/transport';
import { newestEvents } from '../../eventQuery';
import { leadDataOf } from './leadData';
import { answerOf, postingRequest, type PostingInput } from './posting';

function isUncertain(error: unknown): boolean {
	return error instanceof RequestError && error.ending.outcome === 'ambiguous';
}

/** The submission that has this reference in the flow, if exactly one is found. */
async function submitted(
	reference: string,
	{ flowId, sourceId }: PostingInput,
	send: Send,
): Promise<IDataObject | undefined> {
	const answer = (await send({
		method: 'GET',
		path: ['search', 'leads'],
		query: { query: JSON.stringify(reference), limit: 100 },
		safety: 'safe',
	})) as { hits?: IDataObject[] };
	const hits = (answer.hits ?? []).filter(
		(hit) => String(hit.reference) === reference && hit.flow_id === flowId && hit.source_id === sourceId,
	);
	if (hits.length !== 1) return undefined;
	const leadId = String(hits[0].lead_id);
	const [event] = await newestEvents({ types: ['source'], leadId }, send, 1);
	if (!event) return undefined;
	const { outcome, reason, purchase_price: price } = event;
	return { outcome, reason, lead: { id: leadId }, price, foundByReference: true };
}

/**
 * Submits one lead, once. Where it is uncertain whether it arrived, it is looked up by its reference
 * (docs/vendors/activeprospect.md#submit); not found proves nothing, so the uncertainty then stands.
 */
export async function submitOnce(input: PostingInput, send: Send): Promise<IDataObject> {
	const sent = await attemptAsync(async () => answerOf(await send(postingRequest(input, 'submit'))));
	if (sent.ok) return sent.value;
	const { reference } = leadDataOf(input);
	if (!isUncertain(sent.error) || reference === undefined) throw sent.error;
	const found = await attemptAsync(async () => await submitted(String(reference), input, send));
	if (found.ok && found.value) return found.value;
	throw sent.error;
}
