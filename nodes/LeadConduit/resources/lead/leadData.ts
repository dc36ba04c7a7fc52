import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { writableLeadSchema } from '../../../shared/lead/lead';
import { withoutEmpty } from '../../../shared/data/values';
import { filled } from '../../../shared/operation/filled';
import { fieldsOfLead } from '../../lead';

const leadFields: INodeProperties = {
	displayName: 'Lead Fields',
	name: 'leadFields',
	type: 'resourceMapper',
	noDataExpression: true,
	default: { mappingMode: 'defineBelow', value: null },
	description: 'The fields that the flow requires, and the others that every flow knows',
	typeOptions: {
		loadOptionsDependsOn: ['flowId.value'],
		resourceMapper: {
			resourceMapperMethod: 'getLeadFields',
			mode: 'add',
			fieldWords: { singular: 'field', plural: 'fields' },
			addAllFields: true,
			multiKeyMatch: false,
			supportAutoMap: true,
		},
	},
	displayOptions: { show: { leadData: ['fields'] } },
};

const customFields: INodeProperties = {
	displayName: 'Custom Fields',
	name: 'customFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add custom field',
	description: 'Fields of your account that are not listed above',
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
					placeholder: 'e.g. custom_field_77',
					description: 'The name of the field in LeadConduit',
				},
				{ displayName: 'Value', name: 'value', type: 'string', default: '' },
			],
		},
	],
};

/** How the data of a lead is given: field by field, as a lead of any platform, or as LeadConduit's own JSON. */
export const leadDataFields: INodeProperties[] = [
	{
		displayName: 'Lead Data',
		name: 'leadData',
		type: 'options',
		options: [
			{
				name: 'Fields Below',
				value: 'fields',
				description: 'Fill in each field, or have them mapped from the input',
			},
			{ name: 'JSON', value: 'json', description: 'An object of LeadConduit fields' },
			{
				name: 'Lead From Another Node',
				value: 'lead',
				description: 'A simplified lead of any Leadwire node, whatever its platform',
			},
		],
		default: 'fields',
	},
	leadFields,
	customFields,
	{
		displayName: 'Lead',
		name: 'lead',
		type: 'json',
		default: '={{ $json }}',
		description:
			'A lead with email, firstName, lastName, phone and customFields, as Leadwire nodes return it. LeadConduit has no fields for company and jobTitle.',
		displayOptions: { show: { leadData: ['lead'] } },
	},
	{
		displayName: 'Fields (JSON)',
		name: 'fieldsJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "email": "ana@example.com", "custom_field_77": "gold" }',
		description: 'An object of field names and values. Values are texts, numbers, or true or false.',
		displayOptions: { show: { leadData: ['json'] } },
	},
];

/** A lead is flat (docs/vendors/leadconduit.md#submit). */
const fieldValue = z.unknown().superRefine((value, refinement) => {
	const fits = ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null;
	if (!fits) refinement.addIssue({ code: 'custom', message: 'must be a text, a number, or true or false' });
});

const customField = z.object({
	name: z.string().refine((name) => name.trim() !== '', { message: 'must not be empty' }),
	value: z.union([z.string(), z.number(), z.boolean()]),
});

/** What `leadDataFields` may hold. */
export const leadDataInput = {
	leadData: z.enum(['fields', 'lead', 'json']).default('fields'),
	leadFields: z.record(fieldValue).default({}),
	customFields: z.object({ field: z.array(customField).default([]) }).default({}),
	lead: writableLeadSchema.optional(),
	fieldsJson: z.record(fieldValue).optional(),
};

export type LeadDataInput = z.infer<z.ZodObject<typeof leadDataInput>>;

function given(input: LeadDataInput): IDataObject {
	if (input.leadData === 'lead') return fieldsOfLead(input.lead ?? {});
	if (input.leadData === 'json') return (input.fieldsJson ?? {}) as IDataObject;
	const custom = input.customFields.field.map(({ name, value }) => [name.trim(), value]);
	return { ...input.leadFields, ...Object.fromEntries(custom) } as IDataObject;
}

/** The flat object that LeadConduit expects, whichever way it was given; nothing in it is null or empty. */
export function leadDataOf(input: LeadDataInput): IDataObject {
	return withoutEmpty(given(input));
}

/** @throws UserError when there is nothing in it: submitted all the same, it might be paid for. */
export function checkedLead(lead: IDataObject): IDataObject {
	return filled(lead, 'submit', 'lead');
}
