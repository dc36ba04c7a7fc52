import { z } from 'zod';
import { writableLeadSchema } from '../../../shared/lead/lead';
import { leadField, leadOption, WHOLE_LEAD } from '../../../shared/operation/leadField';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { contactOfLead, simplifyContact } from '../../lead';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput, changes } from '../additionalFields';
import { contactEntity } from '../../entities';

/** `PATCH /contacts/{id}`; its fields are those of the widget's identify call (docs/vendors/leadiosa.md#fields). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update contact',
	description: 'Change the name, email or attributes of a contact. What is not given stays as it is.',
	fields: [
		contactEntity.idField,
		{
			displayName: 'Contact Data',
			name: 'contactData',
			type: 'options',
			options: [{ name: 'Fields Below', value: 'fields', description: 'Fill in each field' }, leadOption],
			default: 'fields',
		},
		leadField('contactData', WHOLE_LEAD),
		additionalFields(
			[
				{
					displayName: 'Attributes (JSON)',
					name: 'attributes',
					type: 'json',
					default: '{}',
					placeholder: 'e.g. { "plan": "trial", "phone": "+14155550123" }',
					description: 'An object of attributes',
				},
				{ displayName: 'Email', name: 'email', type: 'string', default: '', placeholder: 'name@email.com' },
				{ displayName: 'Name', name: 'name', type: 'string', default: '', placeholder: 'e.g. Ada Lovelace' },
			],
			'Fields to Update',
		),
	],
	input: z.object({
		contactId: id,
		contactData: z.enum(['fields', 'lead']).default('fields'),
		lead: writableLeadSchema.optional(),
		additionalFields: additionalInput({
			attributes: z.record(z.unknown()),
			email: z.string().trim(),
			name: z.string(),
		}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.contactId,
	request: ({ contactId, contactData, lead = {}, additionalFields: { json, ...fields } }) => ({
		method: 'PATCH',
		path: [...paths.contacts, contactId],
		body: changes(toApiFields({ ...(contactData === 'lead' ? contactOfLead(lead) : {}), ...fields }), json),
	}),
	output: unwrap,
	simplify: simplifyContact,
});
