import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { eventOptions } from '../../eventOptions';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';

/** The secret is answered this once and never again (docs/vendors/leadiosa.md#registration). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create webhook',
	description:
		'Have events sent to an address of your own. The Leadiosa Trigger needs none: it registers itself.',
	fields: [
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. https://example.com/leadiosa',
			description:
				'A public https address. The output holds the secret of its signatures; Leadiosa shows it only once.',
		},
		additionalFields([
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				options: eventOptions,
				default: [],
				description: 'The events to send; all of them if none is chosen',
			},
		]),
	],
	input: z.object({
		url: z.string().trim().url('must be a whole address'),
		additionalFields: additionalInput({ events: z.array(z.string()) }),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.url,
	request: ({ url, additionalFields: { events, json } }) => ({
		method: 'POST',
		path: paths.webhooks,
		body: { ...toApiFields({ url, events }), ...json },
	}),
	output: unwrap,
});
