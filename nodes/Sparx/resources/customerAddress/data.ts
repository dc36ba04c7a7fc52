import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { choiceField, idField, only, textField } from '../fields';
import { CUSTOMERS } from '../customer/customer';

const text = z.string().trim().optional();

export const addressId = idField('Address ID', 'addressId', 'The ID of the saved address');

/** Where the saved addresses of a customer are: build B only. */
export const addressPath = (customer: string, ...rest: string[]): string[] => [
	...CUSTOMERS,
	customer,
	'addresses',
	...rest,
];

export const typeField: INodeProperties = choiceField(
	'Type',
	'type',
	[
		['Billing', 'billing'],
		['Both', 'both'],
		['Shipping', 'shipping'],
	],
	'shipping',
);

export const required: INodeProperties[] = [
	{ ...textField('Line 1', 'line1'), placeholder: 'e.g. 1 Market Street' },
	textField('City', 'city'),
	{ ...textField('Country', 'country', 'Two letters'), placeholder: 'e.g. US' },
];

export const optional: INodeProperties[] = [
	textField('Company', 'company'),
	{
		displayName: 'Is Default',
		name: 'isDefault',
		type: 'boolean',
		default: false,
		description: 'Whether it is the default; the others of the customer are then none',
	},
	textField('Label', 'label'),
	textField('Line 2', 'line2'),
	textField('Phone', 'phone'),
	textField('Postal Code', 'postalCode'),
	textField('Recipient Name', 'recipientName'),
	textField('Region', 'region', 'State, province or county'),
];

export const country = z
	.string()
	.trim()
	.toUpperCase()
	.regex(/^[A-Z]{2}$/, 'must be two letters, such as US');

export const optionalInput = {
	company: text,
	isDefault: z.boolean().optional(),
	label: text,
	line2: text,
	phone: text,
	postalCode: text,
	recipientName: text,
	region: text,
};

export const simplify = only([
	'id',
	'customerId',
	'type',
	'label',
	'isDefault',
	'recipientName',
	'company',
	'line1',
	'line2',
	'city',
	'region',
	'postalCode',
	'country',
	'phone',
]);
