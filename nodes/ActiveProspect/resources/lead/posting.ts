import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { withoutEmpty } from '../../../shared/data/values';
import { attempt } from '../../../shared/attempt';
import { id } from '../../../shared/operation/id';
import { leadDataInput } from '../../../shared/operation/leadData';
import { RefusedError } from '../../../shared/transport/requestError';
import type { RequestSpec } from '../../../shared/transport/transport';
import { leadOf, statusOf } from '../../lead';
import { flowId, sourceId } from '../pickers';
import { bodyOf, leadDataFields, leadDataOf } from './leadData';

export const postingFields: INodeProperties[] = [flowId, sourceId, ...leadDataFields];

export const postingOptions: INodeProperties[] = [
	{
		displayName: 'Fail on Rejection',
		name: 'failOnRejection',
		type: 'boolean',
		default: false,
		description:
			'Whether the outcome failure or error fails the item, so that it goes to the error output. Else it is a result.',
	},
	{
		displayName: 'Source Requires Authentication',
		name: 'sourceAuthentication',
		type: 'boolean',
		default: false,
		description:
			'Whether to prove yourself with the API key of the credential, which is then the key of the submitting partner. Turn it on only for sources that ask for it: the key goes to whoever owns the flow.',
	},
];

export const postingInput = z.object({
	flowId: id,
	sourceId: id,
	...leadDataInput,
	options: z
		.object({ failOnRejection: z.boolean().default(false), sourceAuthentication: z.boolean().default(false) })
		.default({}),
});

export type PostingInput = z.infer<typeof postingInput>;

export const postingAdvice = {
	401: 'This source asks for authentication: turn on the option Source Requires Authentication, with the key of the submitting partner in the credential. If the address is of the other LeadConduit API, with bearer keys and /api/v1, use the LeadConduit node.',
	403: 'The source may be disabled, or the flow take no pings. Nothing was taken, nor billed.',
	404: 'Check flow and source: one of them may have been deleted. If the address is of the other LeadConduit API, with bearer keys and /api/v1, use the LeadConduit node.',
};

/** Submit or ping; without the key unless the source asks for one (docs/vendors/activeprospect.md#authentication). */
export function postingRequest(input: PostingInput, action: 'submit' | 'ping'): RequestSpec {
	return {
		method: 'POST',
		path: ['flows', input.flowId, 'sources', input.sourceId, action],
		body: bodyOf(input),
		authenticate: input.options.sourceAuthentication,
		// No lead is made by a ping, so a broken one may be sent again (docs/vendors/activeprospect.md#ping).
		safety: action === 'ping' ? 'idempotent' : 'nonIdempotent',
	};
}

/** What was answered; the newer document has it inside a list (docs/vendors/activeprospect.md#submit). */
export function answerOf(answer: unknown): IDataObject {
	if (!Array.isArray(answer)) return (answer ?? {}) as IDataObject;
	const { response } = (answer[0] ?? {}) as { response?: { body?: unknown } };
	const body = response?.body;
	const parsed = attempt(() => (typeof body === 'string' ? (JSON.parse(body) as unknown) : body));
	return (parsed.ok && typeof parsed.value === 'object' ? parsed.value : {}) as IDataObject;
}

/** @throws RefusedError for a failure or error, where the user wants that */
export function checkedOutcome(answer: IDataObject, { options }: PostingInput): IDataObject {
	const { outcome, reason } = answer;
	if (options.failOnRejection && outcome !== 'success') {
		const message = [String(outcome), reason].filter(Boolean).join(': ');
		throw new RefusedError(
			{ message, code: String(outcome) },
			outcome === 'failure'
				? 'The flow declined the lead. Sent again unchanged, it would be declined again.'
				: 'The flow could not process the lead. Look at its events in LeadConduit.',
		);
	}
	return answer;
}

/** A submission as the one lead, and what became of it. */
export function simplifySubmission(answer: IDataObject, input: PostingInput): IDataObject {
	const { outcome, reason, price, lead } = answer;
	const { id: leadId } = (lead ?? {}) as IDataObject;
	return {
		...leadOf({ id: leadId, fields: leadDataOf(input), status: statusOf(outcome) }),
		...withoutEmpty({ flowId: input.flowId, outcome, reason, price }),
	};
}
