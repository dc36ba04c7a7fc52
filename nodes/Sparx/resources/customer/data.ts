import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { writableLeadSchema } from '../../../shared/lead/lead';
import { fieldsOfLead } from '../../lead';
import { choiceField, fieldCollection, metadata, metadataField, present, textField } from '../fields';

const typeField = choiceField(
	'Type',
	'type',
	[
		['B2B', 'b2b'],
		['Prospect', 'prospect'],
		['Retail', 'retail'],
	],
	'prospect',
);

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
				description: 'An object of Sparx fields',
			},
			{
				name: 'Lead From Another Node',
				value: 'lead',
				description: 'A simplified lead of any Leadwire node, whatever its platform',
			},
		],
		default: 'fields',
	},
	{
		...fieldCollection('Customer Fields', 'customerFields', 'Add field', [
			textField('Assigned Rep ID', 'assignedRepId'),
			textField('B2B Account ID', 'b2bAccountId'),
			textField('Company', 'company'),
			switchField('Do Not Contact', 'doNotContact', 'Whether the customer does not want to be contacted'),
			{ ...textField('Email', 'email'), placeholder: 'name@email.com' },
			textField('First Name', 'firstName'),
			switchField('GDPR Consent', 'gdprConsent', 'Whether the customer has agreed to the use of their data'),
			textField('Job Title', 'jobTitle'),
			textField('Last Name', 'lastName'),
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
				'Separated by commas; letters, digits, - and _ only. An update replaces all tags.',
			),
			typeField,
		]),
		displayOptions: { show: { customerData: ['fields'] } },
	},
	{
		displayName: 'Lead',
		name: 'lead',
		type: 'json',
		default: '={{ $json }}',
		description:
			'A lead with email, firstName, lastName, phone, company, jobTitle and customFields, as Leadwire nodes return it. ID, status and dates are not written.',
		displayOptions: { show: { customerData: ['lead'] } },
	},
	{
		displayName: 'Fields (JSON)',
		name: 'fieldsJson',
		type: 'json',
		default: '{}',
		placeholder: 'e.g. { "email": "ada@example.com", "type": "retail" }',
		displayOptions: { show: { customerData: ['json'] } },
	},
];

const tags = z
	.union([z.string().transform((value) => value.split(',')), z.array(z.string())])
	.transform((list) => list.map((tag) => tag.trim()).filter(Boolean))
	.refine((list) => list.every((tag) => /^[\w-]{1,63}$/.test(tag)), {
		message: 'must hold tags of letters, digits, - and _, up to 63 each, separated by commas',
	});

const text = z.string().trim().optional();

/** Anything else given by mistake, such as a whole trigger item, would silently write nothing. */
const simplifiedLead = writableLeadSchema.refine((lead) => Object.keys(fieldsOfLead(lead)).length > 0, {
	message:
		'must be a simplified lead, but has neither email, firstName, lastName, phone, company, jobTitle nor customFields',
});

/** What `customerDataFields` may hold. */
export const customerDataInput = {
	customerData: z.enum(['fields', 'lead', 'json']).default('fields'),
	customerFields: z
		.object({
			assignedRepId: text,
			b2bAccountId: text,
			company: text,
			doNotContact: z.boolean(),
			email: text,
			firstName: text,
			gdprConsent: z.boolean(),
			jobTitle: text,
			lastName: text,
			metadata,
			phone: text,
			preferredContactMethod: z.string(),
			tags,
			type: z.string(),
		})
		.partial()
		.default({}),
	lead: simplifiedLead.optional(),
	fieldsJson: z.record(z.unknown()).optional(),
};

type CustomerData = z.infer<z.ZodObject<typeof customerDataInput>>;

/** The fields that Sparx expects, whichever way they were given (contract 3.5). */
export function customerOf({ customerData, customerFields, lead, fieldsJson }: CustomerData): IDataObject {
	if (customerData === 'lead') return fieldsOfLead(lead ?? {});
	return present((customerData === 'json' ? (fieldsJson ?? {}) : customerFields) as IDataObject);
}

/**
 * The same for an update, which needs something to change.
 * @throws UserError when there is nothing
 */
export function changesOf(data: CustomerData): IDataObject {
	const changes = customerOf(data);
	if (Object.keys(changes).length === 0)
		throw new UserError('There is nothing to update: no customer field has a value');
	return changes;
}
