import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';
import { conversationEntity } from '../../entities';

const LOOP =
	'A message sent here starts Leadiosa Triggers on "Message Created" too. They take messages of visitors only unless their option "Message Senders" says otherwise; a workflow that answers all messages would answer itself for ever.';

/** `POST /messages`; its fields are named as in events (docs/vendors/leadiosa.md#fields). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create message',
	description:
		'Send a message to the contact of a conversation. Use a note for what only operators are to see.',
	fields: [
		{ displayName: LOOP, name: 'loopNotice', type: 'notice', default: '' },
		conversationEntity.idField,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Thank you, we will call you today.',
		},
		additionalFields([
			{
				displayName: 'Attachments (JSON)',
				name: 'attachments',
				type: 'json',
				default: '[]',
				description: 'A list of attachments as Leadiosa describes them',
			},
		]),
	],
	input: z.object({
		conversationId: id,
		text: z.string().min(1, 'is missing'),
		additionalFields: additionalInput({ attachments: z.array(z.unknown()) }),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.conversationId,
	request: ({ conversationId, text, additionalFields: { attachments, json } }) => ({
		method: 'POST',
		path: paths.messages,
		body: { ...toApiFields({ conversationId, text, attachments }), ...json },
	}),
	output: unwrap,
});
