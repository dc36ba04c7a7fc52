import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { withoutEmpty } from '../data/values';
import { writableLeadSchema, type WritableLead } from '../lead/lead';
import { filled } from './filled';
import { leadField, leadOption } from './leadField';

/** What one vendor's leads are like. Its node has a `resourceMapping` method `getLeadFields`. */
export interface LeadDataDefinition {
	/** As people write it. */
	platformName: string;
	/** What `getLeadFields` lists. */
	mapperDescription: string;
	/** The parameters that the list depends on. */
	dependsOn: string[];
	/** The name of a field of an account's own. */
	customExample: string;
	/** What the vendor has no place for, in a whole sentence without its full stop. */
	leadNote: string;
	/** The vendor's fields for a lead of the one shape. */
	fieldsOfLead(lead: WritableLead): IDataObject;
}

/** How the data of a lead is given, and what becomes of it. */
export interface LeadData {
	/** Lead data field by field, as a lead of any platform, or as the vendor's own JSON. */
	fields: INodeProperties[];
	/** The flat object that the vendor expects, whichever way it was given; nothing in it is null or empty. */
	of(input: LeadDataInput): IDataObject;
}

/** A lead is flat: nothing nested in a field. */
const fieldValue = z.unknown().superRefine((value, refinement) => {
	const fits = ['string', 'number', 'boolean', 'undefined'].includes(typeof value) || value === null;
	if (!fits) refinement.addIssue({ code: 'custom', message: 'must be a text, a number, or true or false' });
});

const customField = z.object({
	name: z.string().refine((name) => name.trim() !== '', { message: 'must not be empty' }),
	value: z.union([z.string(), z.number(), z.boolean()]),
});

/** What the fields of `LeadData` may hold. */
export const leadDataInput = {
	leadData: z.enum(['fields', 'lead', 'json']).default('fields'),
	leadFields: z.record(fieldValue).default({}),
	customFields: z.object({ field: z.array(customField).default([]) }).default({}),
	lead: writableLeadSchema.optional(),
	fieldsJson: z.record(fieldValue).optional(),
};

export type LeadDataInput = z.infer<z.ZodObject<typeof leadDataInput>>;

/** @throws UserError when there is nothing in it: submitted all the same, it might be paid for. */
export function checkedLead(lead: IDataObject): IDataObject {
	return filled(lead, 'submit', 'lead');
}

function shownFor(leadData: string): INodeProperties['displayOptions'] {
	return { show: { leadData: [leadData] } };
}

/** The fields for a vendor's leads. */
export function leadData(definition: LeadDataDefinition): LeadData {
	const { platformName, mapperDescription, dependsOn, customExample, leadNote, fieldsOfLead } = definition;
	const leadFields: INodeProperties = {
		displayName: 'Lead Fields',
		name: 'leadFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: mapperDescription,
		typeOptions: {
			loadOptionsDependsOn: dependsOn,
			resourceMapper: {
				resourceMapperMethod: 'getLeadFields',
				mode: 'add',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
			},
		},
		displayOptions: shownFor('fields'),
	};
	const customFields: INodeProperties = {
		displayName: 'Custom Fields',
		name: 'customFields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add custom field',
		description: 'Fields of your account that are not listed above',
		default: {},
		displayOptions: shownFor('fields'),
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
						placeholder: `e.g. ${customExample}`,
						description: `The name of the field in ${platformName}`,
					},
					{ displayName: 'Value', name: 'value', type: 'string', default: '' },
				],
			},
		],
	};
	const given = (input: LeadDataInput): IDataObject => {
		if (input.leadData === 'lead') return fieldsOfLead(input.lead ?? {});
		if (input.leadData === 'json') return (input.fieldsJson ?? {}) as IDataObject;
		const custom = input.customFields.field.map(({ name, value }) => [name.trim(), value]);
		return { ...input.leadFields, ...Object.fromEntries(custom) } as IDataObject;
	};
	return {
		fields: [
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
					{ name: 'JSON', value: 'json', description: `An object of ${platformName} fields` },
					leadOption,
				],
				default: 'fields',
			},
			leadFields,
			customFields,
			leadField(
				'leadData',
				`email, firstName, lastName, phone and customFields, as Leadwire nodes return it. ${leadNote}.`,
			),
			{
				displayName: 'Fields (JSON)',
				name: 'fieldsJson',
				type: 'json',
				default: '{}',
				placeholder: `e.g. { "email": "ana@example.com", "${customExample}": "gold" }`,
				description: 'An object of field names and values. Values are texts, numbers, or true or false.',
				displayOptions: shownFor('json'),
			},
		],
		of: (input) => withoutEmpty(given(input)),
	};
}
