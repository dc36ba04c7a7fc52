import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { address, addressField } from '../address';
import {
	amount,
	amountField,
	choiceField,
	currency,
	fieldCollection,
	metadata,
	metadataField,
	noteField,
	present,
	textField,
	timeField,
} from '../fields';
import { lines } from '../lines';

const text = z.string().optional();

/** Source: docs/vendors/sparx.md, Orders. */
export const items = lines({
	name: 'items',
	displayName: 'Line Items',
	placeholder: 'Add line item',
	fields: [
		{ ...textField('SKU', 'sku'), required: true, placeholder: 'e.g. HAT-1' },
		{ ...textField('Name', 'name'), required: true, placeholder: 'e.g. Felt hat' },
		{
			displayName: 'Quantity',
			name: 'quantity',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 1,
		},
		amountField('Unit Price', 'unitPrice', 'In units of the currency, not in cents'),
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
			noteField('Description', 'description'),
			amountField('Discount Amount', 'discountAmount', 'Of the whole line'),
			metadataField,
			textField('Product ID', 'productId'),
			amountField('Tax Amount', 'taxAmount', 'Of the whole line'),
			textField('Variant ID', 'variantId'),
		]),
	],
	example: '[{ "sku": "HAT-1", "name": "Felt hat", "quantity": 1, "unitPrice": 45.5 }]',
	line: z
		.object({
			sku: z.string().min(1),
			name: z.string().min(1),
			quantity: z.number().int('must be a whole number').positive('must be 1 or more').optional(),
			unitPrice: amount.optional(),
			additionalFields: z.record(z.unknown()).default({}),
		})
		.catchall(z.unknown())
		.transform(({ additionalFields, ...line }) => present({ ...line, ...additionalFields } as IDataObject)),
	isRequired: true,
});

/** What can still be changed once the order is placed (docs/vendors/sparx.md, Orders). */
const editable: INodeProperties[] = [
	addressField('Billing Address', 'billingAddress'),
	noteField('Customer Note', 'customerNote', 'The customer sees it'),
	noteField('Internal Note', 'internalNote'),
	metadataField,
	addressField('Shipping Address', 'shippingAddress'),
];

const editableInput = {
	billingAddress: address.optional(),
	customerNote: text,
	internalNote: text,
	metadata: metadata.optional(),
	shippingAddress: address.optional(),
};

export const updateFields = fieldCollection('Update Fields', 'updateFields', 'Add field', editable);
export const updateInput = z.object(editableInput).default({});

export const additionalFields = fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
	...editable,
	choiceField(
		'Channel',
		'channel',
		[
			['Admin', 'admin'],
			['B2B Portal', 'b2b_portal'],
			['Import', 'import'],
			['Marketplace', 'marketplace'],
			['MCP', 'mcp'],
			['Storefront', 'storefront'],
		],
		'admin',
	),
	{ ...textField('Currency', 'currency', 'Three letters'), default: 'USD' },
	amountField(
		'Discount Total',
		'discountTotal',
		'Of the whole order. Not every version of Sparx takes it off the total.',
	),
	textField(
		'Order Number',
		'orderNumber',
		'Your own number, unique in the account. With it no second order is ever made: one that has the number already, for the same customer and line items, is returned. Do not use O- and six digits, as Sparx does.',
	),
	timeField('Placed At', 'placedAt', 'When the order was placed, if not now'),
	textField('Site ID', 'propertyId', 'The site that the order belongs to'),
	amountField('Shipping Total', 'shippingTotal'),
	textField('Source', 'source'),
	amountField('Tax Total', 'taxTotal', 'In place of the sum of the taxes of the lines'),
]);

/** The numbers that Sparx gives itself; one chosen by hand can stop its numbering for good (docs/vendors/sparx.md, Orders). */
const OWN_NUMBER = /^O-\d{6}$/;

export const additionalInput = z
	.object({
		...editableInput,
		channel: text,
		currency: currency.optional(),
		discountTotal: amount.optional(),
		orderNumber: z
			.string()
			.trim()
			.refine((value) => !OWN_NUMBER.test(value), {
				message:
					'must not be O- and six digits: Sparx numbers its own orders so, and could then create none any more',
			})
			.optional(),
		placedAt: text,
		propertyId: text,
		shippingTotal: amount.optional(),
		source: text,
		taxTotal: amount.optional(),
	})
	.default({});
