import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { attemptAsync } from '../../../shared/attempt';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { RequestError } from '../../../shared/transport/requestError';
import { systemClock } from '../../../shared/clock';
import { callingInput, callingOptions, needsLead, rulesFor } from './calling/options';
import { forgetQueuedCall, noteQueuedCall, queuedCallsOf } from './calling/queued';
import { refusalOf, type CallingRules, type Refusal } from './calling/rules';
import { leadId } from './fields';

/** As a Wait node takes it: a time in ISO 8601. */
function shown({ reason, nextAllowedAt }: Refusal): IDataObject {
	return {
		reason,
		...(nextAllowedAt === undefined ? {} : { nextAllowedAt: new Date(nextAllowedAt).toISOString() }),
	};
}

/** Thrown in place of a call that the rules do not allow now. */
class NotAllowedError extends Error {
	constructor(readonly refusal: Refusal) {
		super(refusal.reason);
	}
}

/** Notes the call in the same step, so that of two executions at one moment only one calls; gives when. */
function keepRules(rules: CallingRules, lead: IDataObject, leadId: string): number {
	const now = systemClock.now();
	const refusal = refusalOf(rules, lead, now, queuedCallsOf(leadId, now));
	if (refusal) throw new NotAllowedError(refusal);
	noteQueuedCall(leadId, now);
	return now;
}

/** Whether no phone will ring for a call that ended so. */
function isNotQueued(error: unknown): boolean {
	return error instanceof RequestError && ['failed', 'throttled', 'notSent'].includes(error.ending.outcome);
}

/**
 * Queues a call. A second request would ring a second time, so it is never sent twice. A lead that must not be called
 * now is a result and no error: `queued: false` with the reason, and the time from which on it may be called.
 */
export const call = operation({
	name: 'Call',
	value: 'call',
	action: 'Call lead',
	description:
		'Place an outbound voice call to the lead, within the calling hours and limits set in the options. The call is queued; its result arrives at the Spara Trigger as "Voice Call Ended".',
	fields: [
		leadId,
		{
			displayName: 'Voice Agent ID',
			name: 'voiceAgentId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3f0c5a1e-7b2d-4c98-9e11-5a6b7c8d9e0f',
			description:
				"The ID of the Voice agent (newer accounts: Phone capability) that calls. It must be published and have a phone number. Copy it from the agent's address in Spara.",
		},
		{
			displayName: 'Call Mode',
			name: 'callMode',
			type: 'options',
			options: [
				{ name: 'Live', value: 'live', description: "Rings the lead's phone" },
				{ name: 'Test (QA)', value: 'qa', description: "A test call; the lead's phone does not ring" },
			],
			default: 'live',
		},
	],
	options: callingOptions,
	input: z.object({
		leadId: id,
		voiceAgentId: id,
		callMode: z.enum(['live', 'qa']).default('live'),
		options: z.object(callingInput).default({}),
	}),
	safety: 'nonIdempotent',
	limits: ['calls'],
	orderingKey: (input) => input.leadId,
	run: async ({ leadId: callee, voiceAgentId, callMode, options }, send) => {
		const path = ['leads', callee];
		const readLead = async (): Promise<IDataObject> =>
			(await send({ method: 'GET', path, safety: 'safe', limits: [] })) as IDataObject;
		let notedAt: number | undefined;
		const called = await attemptAsync(
			async () =>
				await send({
					method: 'POST',
					path: [...path, 'call'],
					body: { voice_agent_id: voiceAgentId, call_mode: callMode },
					// Not asked where an earlier try of this execution has queued the call: it would find that very call.
					onlyIf: async () => {
						const lead = needsLead(options) ? await readLead() : {};
						notedAt = keepRules(rulesFor(options, lead), lead, callee);
					},
				}),
		);
		if (called.ok) return { ...(called.value as IDataObject | undefined), leadId: callee, queued: true };
		if (notedAt !== undefined && isNotQueued(called.error)) forgetQueuedCall(callee, notedAt);
		if (called.error instanceof NotAllowedError)
			return { leadId: callee, queued: false, ...shown(called.error.refusal) };
		throw called.error;
	},
	advice: {
		400: 'Check that the lead has a phone number, that the Voice Agent ID is right, and that the agent is published and has a phone number on its Configuration tab.',
		404: 'Check the lead and the Voice Agent ID: at least one of them does not belong to this Spara organization.',
	},
});
