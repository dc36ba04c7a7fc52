import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { atHand } from '../../../shared/operation/atHand';
import { clearing } from '../../../shared/operation/clearing';
import { leadField, leadOption, simplifiedLead, WHOLE_LEAD } from '../../../shared/operation/leadField';
import { fieldsOfLead } from '../../lead';
import { CUSTOMER_TYPES, LEAD_STATUSES, LIFECYCLE_STAGES } from './choices';
import { gdprConsent, gdprConsentField } from './gdprConsent';
import { choiceField, fieldCollection, metadata, metadataField, present, textField } from '../fields';

const ONLY_NEWER = 'Not every version of Sparx has it';

function switchField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'boolean', default: false, description };
}

/** How the data of a customer is given: field by field, as a lead of any platform, or as Sparx's own JSON. */
export const customerDataFields: INodeProperties[] = [
	{
		displayName: 'Customer Data',
		name: 'customerData',
		type: 'options',
		options: [
			{ name: 'Fields Below', value: 'fields', description: 'Fill in each field' },
			{
				name: 'JSON',
				value: 'json',
				description: 'An object of Sparx fields; null clears a field',
			},
			leadOption,
		],
		default: 'fields',
	},
	{
		...fieldCollection('Customer Fields', 'customerFields', 'Add field', [
			textField('Assigned Rep ID', 'assignedRepId'),
			textField('B2B Account ID', 'b2bAccountId', 'The older name of Company ID'),
			textField('Company', 'company', 'Its name as typed; Company ID links to a company of the CRM'),
			textField('Company ID', 'companyId', 'The company of the CRM that the customer belongs to'),
			{
				displayName: 'Custom Properties',
				name: 'customProperties',
				type: 'json',
				default: '{}',
				description: `An object of fields that were declared in Sparx. An update keeps those that are not given. ${ONLY_NEWER}.`,
			},
			switchField('Do Not Contact', 'doNotContact', 'Whether the customer does not want to be contacted'),
			{ ...textField('Email', 'email'), placeholder: 'name@email.com' },
			textField('First Name', 'firstName'),
			gdprConsentField,
			textField('Job Title', 'jobTitle'),
			textField('Last Name', 'lastName'),
			choiceField('Lead Status', 'leadStatus', LEAD_STATUSES, 'new', ONLY_NEWER),
			choiceField('Lifecycle Stage', 'lifecycleStage', LIFECYCLE_STAGES, 'lead', ONLY_NEWER),
			metadataField,
			textField('Phone', 'phone'),
			choiceField(
				'Preferred Contact Method',
				'preferredContactMethod',
				[
					['Email', 'email'],
					['Phone', 'phone'],
					['SMS', 'sms'],
				],
				'email',
			),
			textField(
				'Tags',
				'tags',
				'Separated by commas. An update replaces all tags. Some versions of Sparx take letters, digits, - and _ only.',
			),
			textField('Site ID', 'propertyId', `The site that the customer belongs to. ${ONLY_NEWER}.`),
			choiceField(
				'Type',
				'type',
				CUSTOMER_TYPES,
				'retail',
				'Prospect is written as each version of Sparx says it: as the type, or as the stage Lead with the status New',
			),
		]),
		displayOptions: { show: { customerData: ['fields'] } },
	},
	leadField('customerData', WHOLE_LEAD),
	{
		displayName: 'Fields (JSON)',
		name: 'fieldsJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "email": "ada@example.com", "type": "retail" }',
		displayOptions: { show: { customerData: ['json'] } },
	},
];

/** The same, with some fields at hand, so that nobody has to add them first; left empty they are not sent. */
export function customerDataFieldsWith(names: string[]): INodeProperties[] {
	return customerDataFields.map((field) => (field.name === 'customerFields' ? atHand(field, names) : field));
}

const tags = z
	.union([z.string().transform((value) => value.split(',')), z.array(z.string())])
	.transform((list) => list.map((tag) => tag.trim()).filter(Boolean))
	.refine((list) => list.every((tag) => tag.length <= 63), {
		message: 'must hold tags of 63 characters at most, separated by commas',
	});

const text = z.string().trim().optional();

/** What `customerDataFields` may hold. */
export const customerDataInput = {
	customerData: z.enum(['fields', 'lead', 'json']).default('fields'),
	customerFields: z
		.object({
			assignedRepId: text,
			b2bAccountId: text,
			company: text,
			companyId: text,
			customProperties: z.record(z.unknown()),
			doNotContact: z.boolean(),
			email: text,
			firstName: text,
			gdprConsent,
			jobTitle: text,
			lastName: text,
			leadStatus: text,
			lifecycleStage: text,
			metadata,
			phone: text,
			preferredContactMethod: z.string(),
			propertyId: text,
			tags,
			type: z.string(),
		})
		.partial()
		.default({}),
	lead: simplifiedLead(fieldsOfLead).optional(),
	fieldsJson: z.record(z.unknown()).optional(),
};

type CustomerData = z.infer<z.ZodObject<typeof customerDataInput>>;

/**
 * The fields that Sparx expects, whichever way they were given. Only JSON holds null, which clears a field: a lead or an
 * expression that came out empty must not.
 */
export function customerOf({ customerData, customerFields, lead, fieldsJson }: CustomerData): IDataObject {
	if (customerData === 'lead') return fieldsOfLead(lead ?? {});
	if (customerData === 'fields') return present(customerFields as IDataObject);
	const given = Object.entries((fieldsJson ?? {}) as IDataObject);
	return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== ''));
}

/** What null is taken for, and the tags; the others have a value always (docs/vendors/sparx.md#customers). */
export const clearable = clearing(
	[
		['Assigned Rep', 'assignedRepId'],
		['Company', 'company'],
		['Company ID', 'companyId'],
		['Email', 'email'],
		['First Name', 'firstName'],
		['Job Title', 'jobTitle'],
		['Last Name', 'lastName'],
		['Phone', 'phone'],
		['Preferred Contact Method', 'preferredContactMethod'],
		['Tags', 'tags', []],
	],
	'Sparx',
);
