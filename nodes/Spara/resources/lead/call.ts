import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/input';
import { operation } from '../../../shared/operation/operation';
import { leadId } from './fields';

/** Contract 3.5. A second request would ring a second time, so it is never sent twice. */
export const call = operation({
	name: 'Call',
	value: 'call',
	action: 'Call lead',
	description:
		'Place an outbound voice call to the lead. The call is queued; its result arrives at the Spara Trigger as "Voice Call Ended".',
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
	input: z.object({ leadId: id, voiceAgentId: id, callMode: z.enum(['live', 'qa']).default('live') }),
	safety: 'nonIdempotent',
	limits: ['calls'],
	orderingKey: (input) => input.leadId,
	request: (input) => ({
		method: 'POST',
		path: ['leads', input.leadId, 'call'],
		body: { voice_agent_id: input.voiceAgentId, call_mode: input.callMode },
	}),
	output: (answer, input) => ({ ...(answer as IDataObject | undefined), leadId: input.leadId, queued: true }),
	advice: {
		400: 'Check that the lead has a phone number, that the Voice Agent ID is right, and that the agent is published and has a phone number on its Configuration tab.',
		404: 'Check the Lead ID and the Voice Agent ID: at least one of them does not belong to this Spara organization.',
	},
});
