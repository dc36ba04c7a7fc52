import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { atHand } from '../../../shared/operation/atHand';
import { leadField, leadOption, simplifiedLead, WHOLE_LEAD } from '../../../shared/operation/leadField';
import { fieldsOfLead } from '../../lead';

const numberOfEmployees: INodeProperties = {
	displayName: 'Number of Employees',
	name: 'num_employees',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 0,
};

function textField(displayName: string, name: string, placeholder: string): INodeProperties {
	return { displayName, name, type: 'string', default: '', placeholder: `e.g. ${placeholder}` };
}

/** The fields that every account has (docs/vendors/spara.md#lead). */
const standardFields: INodeProperties = {
	displayName: 'Lead Fields',
	name: 'leadFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	displayOptions: { show: { leadData: ['fields'] } },
	options: [
		textField('Company Name', 'company_name', 'Analytical Engines'),
		{ ...textField('Email', 'email', 'ada@example.com'), placeholder: 'name@email.com' },
		textField('First Name', 'first_name', 'Ada'),
		textField('Job Title', 'job_title', 'Head of Sales'),
		textField('Last Name', 'last_name', 'Lovelace'),
		numberOfEmployees,
		{
			...textField('Phone Number', 'phone_number', '+14155550123'),
			description: 'With the country code, so that Spara can call it',
		},
	],
};

const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add custom field',
	description:
		"Fields of your account. The type must be the one that the field has in Spara; it can't be changed there.",
	default: {},
	displayOptions: { show: { leadData: ['fields'] } },
	options: [
		{
			displayName: 'Field',
			name: 'field',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. plan_name',
					description: 'The name of the field in Spara',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'Text', value: 'text' },
						{ name: 'True or False', value: 'boolean' },
						{ name: 'Whole Number', value: 'integer' },
					],
					default: 'text',
				},
				{
					displayName: 'Value',
					name: 'text',
					type: 'string',
					default: '',
					displayOptions: { show: { type: ['text'] } },
				},
				{
					displayName: 'Value',
					name: 'integer',
					type: 'number',
					typeOptions: { numberPrecision: 0 },
					default: 0,
					displayOptions: { show: { type: ['integer'] } },
				},
				{
					displayName: 'Value',
					name: 'boolean',
					type: 'boolean',
					default: false,
					description: 'Whether the field is true',
					displayOptions: { show: { type: ['boolean'] } },
				},
			],
		},
	],
};

/** How the data of a lead is given: field by field, as a lead of any platform, or as Spara's own JSON. */
export const leadDataFields: INodeProperties[] = [
	{
		displayName: 'Lead Data',
		name: 'leadData',
		type: 'options',
		options: [
			{ name: 'Fields Below', value: 'fields', description: 'Fill in each field' },
			leadOption,
			{ name: 'JSON', value: 'json', description: 'An object of Spara fields' },
		],
		default: 'fields',
	},
	standardFields,
	customFields,
	leadField('leadData', WHOLE_LEAD),
	{
		displayName: 'Fields (JSON)',
		name: 'fieldsJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "email": "ada@example.com", "num_employees": 12 }',
		description: 'An object of field names and values. Values are texts, whole numbers, or true or false.',
		displayOptions: { show: { leadData: ['json'] } },
	},
];

/** The same, with some of Spara's standard fields at hand, so that nobody has to add them first; left empty they are not sent. */
export function leadDataFieldsWith(names: string[]): INodeProperties[] {
	return leadDataFields.map((field) => (field === standardFields ? atHand(field, names) : field));
}

/** Numbers such as 1.5 and "100" are refused by Spara (docs/vendors/spara.md#lead); said here, they cost no request. */
const wholeNumber = z.number().refine(Number.isInteger, { message: 'must be a whole number' });

const fieldValue = z.unknown().superRefine((value, refinement) => {
	if (value === null) {
		return refinement.addIssue({
			code: 'custom',
			message:
				'must be a text, a whole number, or true or false; Spara has no way to clear a field, so leave it out instead of null',
		});
	}
	const fits = typeof value === 'string' || typeof value === 'boolean' || Number.isInteger(value);
	if (!fits)
		refinement.addIssue({ code: 'custom', message: 'must be a text, a whole number, or true or false' });
});

const fieldName = z.string().refine((name) => name.trim() !== '', { message: 'must not be empty' });

const customField = z.discriminatedUnion('type', [
	z.object({ name: fieldName, type: z.literal('text'), text: z.string() }),
	z.object({ name: fieldName, type: z.literal('integer'), integer: wholeNumber }),
	z.object({ name: fieldName, type: z.literal('boolean'), boolean: z.boolean() }),
]);

/** What `leadDataFields` may hold. */
export const leadDataInput = {
	leadData: z.enum(['fields', 'lead', 'json']).default('fields'),
	leadFields: z
		.object({
			email: z.string(),
			first_name: z.string(),
			last_name: z.string(),
			phone_number: z.string(),
			company_name: z.string(),
			job_title: z.string(),
			num_employees: wholeNumber,
		})
		.partial()
		.default({}),
	customFields: z.object({ field: z.array(customField).default([]) }).default({}),
	lead: simplifiedLead(fieldsOfLead).optional(),
	fieldsJson: z.record(fieldValue).optional(),
};

/** The flat object that Spara expects, whichever way it was given (docs/vendors/spara.md#get-create-update). */
export function leadDataOf(input: z.infer<z.ZodObject<typeof leadDataInput>>): IDataObject {
	if (input.leadData === 'lead') return fieldsOfLead(input.lead ?? {});
	if (input.leadData === 'json') return (input.fieldsJson ?? {}) as IDataObject;
	const custom = input.customFields.field.map((field) => {
		const values = field as unknown as Record<string, string | number | boolean>;
		return [field.name.trim(), values[field.type]];
	});
	return { ...input.leadFields, ...Object.fromEntries(custom) } as IDataObject;
}
