import { z } from 'zod';
import { amount, amountField, textField } from './fields';
import { lines, type Lines } from './lines';

/** Which line items of an order a fulfillment or refund is about, and how many of each (docs/vendors/sparx.md, Fulfillments, Payments and Refunds). */
export function orderLines({ withAmount }: { withAmount: boolean }): Lines {
	const line = z.object({
		orderItemId: z.string().trim().min(1, 'is missing'),
		quantity: z.number().int('must be a whole number').positive('must be 1 or more'),
	});
	return lines({
		name: 'lines',
		displayName: 'Line Items',
		placeholder: 'Add line item',
		fields: [
			{ ...textField('Line Item ID', 'orderItemId', 'The ID of the line item in the order'), required: true },
			{
				displayName: 'Quantity',
				name: 'quantity',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 1,
			},
			...(withAmount ? [amountField('Amount', 'amount', 'Of this line')] : []),
		],
		example: `[{ "orderItemId": "...", "quantity": 1${withAmount ? ', "amount": 45.5' : ''} }]`,
		line: withAmount ? line.extend({ amount }) : line,
		isRequired: !withAmount,
	});
}
