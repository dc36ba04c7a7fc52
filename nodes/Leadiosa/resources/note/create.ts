import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';
import { conversationEntity } from '../../entities';

/** `POST /notes`; its fields are assumed (docs/vendors/leadiosa.md#fields). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create note',
	description: 'Add an internal note to a conversation. Operators see it, the contact does not.',
	fields: [
		conversationEntity.idField,
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Called at 10:30, wants a quote. @ada',
			description: 'Operators are mentioned with @ and their name',
		},
		additionalFields([]),
	],
	input: z.object({
		conversationId: id,
		text: z.string().min(1, 'is missing'),
		additionalFields: additionalInput({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.conversationId,
	request: ({ conversationId, text, additionalFields: { json } }) => ({
		method: 'POST',
		path: paths.notes,
		body: { ...toApiFields({ conversationId, text }), ...json },
	}),
	output: unwrap,
});
