import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { amount, amountField, choiceField, noteField, present, textField } from '../fields';

const text = z.string().trim().optional();

const list = z
	.string()
	.transform((value) => value.split(',').map((entry) => entry.trim()))
	.transform((entries) => entries.filter(Boolean));

/** What a company has beside its name (docs/vendors/sparx.md, Companies). */
export const companyFields: INodeProperties[] = [
	textField('Assigned Rep ID', 'assignedRepId', 'The member of staff who is responsible'),
	amountField('Credit Limit', 'creditLimit'),
	{
		displayName: 'Custom Properties',
		name: 'customProperties',
		type: 'json',
		default: '{}',
		description: 'An object of fields that were declared in Sparx. Not every version of Sparx has them.',
	},
	textField('Domains', 'domains', 'Separated by commas. Not every version of Sparx has them.'),
	noteField('Notes', 'notes'),
	textField('Payment Terms', 'paymentTerms', 'Such as prepay or net30'),
	choiceField(
		'Status',
		'status',
		[
			['Active', 'active'],
			['Credit Hold', 'credit_hold'],
			['Inactive', 'inactive'],
			['Suspended', 'suspended'],
		],
		'active',
	),
	textField('Tags', 'tags', 'Separated by commas. An update replaces all tags.'),
	textField('Tax ID', 'taxId'),
	{ ...textField('Website', 'website'), placeholder: 'e.g. https://example.com' },
];

export const companyInput = {
	assignedRepId: text,
	creditLimit: amount.optional(),
	customProperties: z.record(z.unknown()).optional(),
	domains: list.optional(),
	notes: text,
	paymentTerms: text,
	status: text,
	tags: list.optional(),
	taxId: text,
	website: text,
};

export const companyName: INodeProperties = {
	...textField('Company Name', 'companyName'),
	required: true,
	placeholder: 'e.g. Northwind',
};

export const companyNameInput = z
	.string()
	.trim()
	.min(1, 'is missing')
	.max(255, 'must have 255 characters at most');

export const bodyOf = (name: string, fields: IDataObject): IDataObject =>
	present({ companyName: name, ...fields });
