import { z } from 'zod';
import { withoutEmpty } from '../../../shared/data/values';
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
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [{ displayName: 'Description', name: 'description', type: 'string', default: '' }],
		},
	],
	input: z.object({
		name: z.string(),
		type: z.string().default('string'),
		additionalFields: z.object({ description: z.string().optional() }).default({}),
	}),
	safety: 'nonIdempotent',
	request: ({ name, type, additionalFields }) => ({
		method: 'POST',
		path: ['fields'],
		body: withoutEmpty({ name, type, description: additionalFields.description }),
	}),
});
