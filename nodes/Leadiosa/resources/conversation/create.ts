import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';
import { contactEntity } from '../../entities';

const contactBy: INodeProperties = {
	displayName: 'Contact',
	name: 'contactBy',
	type: 'options',
	options: [
		{ name: 'By ID', value: 'id', description: 'A contact that Leadiosa knows' },
		{ name: 'By Email', value: 'email', description: 'Somebody who may be new to Leadiosa' },
	],
	default: 'id',
};

const additional = additionalInput({
	attributes: z.record(z.unknown()),
	contactName: z.string(),
	message: z.string(),
});

/** A second request would open a second conversation, so it is never sent twice (docs/vendors/leadiosa.md#fields). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create conversation',
	description: 'Open a conversation with a contact. This starts Leadiosa Triggers on "Conversation Created".',
	fields: [
		contactBy,
		{ ...contactEntity.idField, displayOptions: { show: { contactBy: ['id'] } } },
		{
			displayName: 'Contact Email',
			name: 'contactEmail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'name@email.com',
			displayOptions: { show: { contactBy: ['email'] } },
		},
		additionalFields([
			{
				displayName: 'Attributes (JSON)',
				name: 'attributes',
				type: 'json',
				default: '{}',
				placeholder: 'e.g. { "plan": "trial" }',
				description: 'An object of attributes',
			},
			{
				displayName: 'Contact Name',
				name: 'contactName',
				type: 'string',
				default: '',
				placeholder: 'e.g. Ada Lovelace',
				description: 'Used with "Contact: By Email" only',
			},
			{
				displayName: 'Message',
				name: 'message',
				type: 'string',
				typeOptions: { rows: 3 },
				default: '',
				description: 'The text of the first message',
			},
		]),
	],
	input: z.discriminatedUnion('contactBy', [
		z.object({ contactBy: z.literal('id'), contactId: id, additionalFields: additional }),
		z.object({
			contactBy: z.literal('email'),
			contactEmail: z.string().trim().min(1, 'is missing'),
			additionalFields: additional,
		}),
	]),
	safety: 'nonIdempotent',
	orderingKey: (input) => (input.contactBy === 'id' ? input.contactId : input.contactEmail.toLowerCase()),
	request: (input) => {
		const { attributes, contactName, message, json } = input.additionalFields;
		const contact =
			input.contactBy === 'id'
				? { contactId: input.contactId }
				: { contact: toApiFields({ email: input.contactEmail, name: contactName }) };
		const body = toApiFields({ ...contact, message: toApiFields({ text: message }), attributes });
		return { method: 'POST', path: paths.conversations, body: { ...body, ...json } };
	},
	output: unwrap,
});
