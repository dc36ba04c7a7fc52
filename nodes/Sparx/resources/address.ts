import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { textField } from './fields';

const text = z.string().optional();

/** Three parts are required once an address is given. */
export const address = z
	.object({
		address: z.object({
			line1: z.string(),
			city: z.string(),
			country: z
				.string()
				.trim()
				.toUpperCase()
				.regex(/^[A-Z]{2}$/, 'must be two letters, such as US'),
			recipientName: text,
			company: text,
			line2: text,
			region: text,
			postalCode: text,
			phone: text,
		}),
	})
	.transform((value) => value.address);

/** An address, part by part. */
export function addressField(displayName: string, name: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'fixedCollection',
		default: {},
		placeholder: 'Add address',
		options: [
			{
				displayName: 'Address',
				name: 'address',
				values: [
					{ ...textField('City', 'city'), required: true },
					textField('Company', 'company'),
					{ ...textField('Country', 'country', 'Two letters'), required: true, placeholder: 'e.g. US' },
					{ ...textField('Line 1', 'line1'), required: true, placeholder: 'e.g. 1 Market Street' },
					textField('Line 2', 'line2'),
					textField('Phone', 'phone'),
					textField('Postal Code', 'postalCode'),
					textField('Recipient Name', 'recipientName'),
					textField('Region', 'region', 'State, province or county'),
				],
			},
		],
	};
}
