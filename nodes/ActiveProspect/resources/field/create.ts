import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFieldCollection } from '../../../shared/operation/collection';
import { withoutEmpty } from '../../../shared/data/values';

import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';

/** The types of fields; their values are read by them (docs/vendors/activeprospect.md#fields-and-entities). */
const TYPES = [
	'boolean',
	'city',
	'credential',
	'date',
	'dob',
	'email',
	'first_name',
	'gender',
	'last_name',
	'number',
	'phone',
	'postal_code',
	'range',
	'ssn',
	'state',
	'street',
	'string',
	'time',
	'trustedform_url',
	'url',
];

const LABELS: Record<string, string> = {
	dob: 'Date of Birth',
	ssn: 'SSN',
	url: 'URL',
	trustedform_url: 'TrustedForm URL',
};

function label(type: string): string {
	return (
		LABELS[type] ??
		type
			.split('_')
			.map((word) => word[0].toUpperCase() + word.slice(1))
			.join(' ')
	);
}

/** `Roof age (years)` as `roof_age_years`: an ID is required (docs/vendors/activeprospect.md#fields-and-entities). */
function idOf(name: string): string {
	const words = name
		.normalize('NFKD')
		.toLowerCase()
		.match(/[a-z0-9]+/g);
	if (words) return words.join('_');
	throw new UserError('No ID can be made of the name', {
		description: 'Nothing was created. Enter the Field ID, of letters, digits and _.',
	});
}

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create field',
	description: 'Add a custom field to the account; flows use it once somebody adds it to them',
	fields: [
		{ displayName: 'Name', name: 'name', type: 'string', required: true, default: '' },
		{
			displayName: 'Type',
			name: 'type',
			type: 'options',
			options: TYPES.map((value) => ({ name: label(value), value })),
			default: 'string',
			description: 'How LeadConduit reads its values. Those of SSN and Credential are not stored.',
		},
		additionalFieldCollection([
			{ displayName: 'Description', name: 'description', type: 'string', default: '' },
			{
				displayName: 'Field ID',
				name: 'fieldId',
				type: 'string',
				default: '',
				placeholder: 'e.g. roof_age_acme',
				description:
					'What the field is called in requests, with the suffix of your account. Without it, it is made of the name.',
			},
		]),
	],
	input: z.object({
		name: z.string(),
		type: z.string().default('string'),
		additionalFields: z
			.object({ description: z.string(), fieldId: id })
			.partial()
			.default({})
			.transform((given) => withoutEmpty(given) as { description?: string; fieldId?: string }),
	}),
	safety: 'nonIdempotent',
	request: ({ name, type, additionalFields }) => ({
		method: 'POST',
		path: ['fields'],
		body: withoutEmpty({
			id: additionalFields.fieldId ?? idOf(name),
			name,
			type,
			description: additionalFields.description,
		}),
	}),
});
