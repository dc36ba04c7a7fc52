import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import {
	amount,
	amountField,
	choiceField,
	currency,
	fieldCollection,
	metadata,
	metadataField,
	orderId,
	present,
	textField,
	timeField,
} from '../fields';
import { currencyOf, partPath } from '../orderPart';

const text = z.string().optional();

/** Source: docs/vendors/sparx.md, Payments. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create payment',
	description: 'Record a payment of an order. No money is moved.',
	fields: [
		orderId,
		choiceField(
			'Processor',
			'processor',
			[
				['Card', 'card'],
				['Check', 'check'],
				['Gift Card', 'gift_card'],
				['Manual', 'manual'],
				['Net Terms', 'net_terms'],
				['PayPal', 'paypal'],
				['Stripe', 'stripe'],
				['Wire', 'wire'],
			],
			'manual',
		),
		{ ...amountField('Amount', 'amount', 'In units of the currency, not in cents'), required: true },
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
			timeField('Authorized At', 'authorizedAt'),
			timeField('Captured At', 'capturedAt'),
			textField('Currency', 'currency', "Three letters; without it the order's"),
			metadataField,
			textField(
				'Processor Reference',
				'processorRef',
				"The processor's own ID of the payment. It can be recorded only once.",
			),
			choiceField(
				'Status',
				'status',
				[
					['Authorized', 'authorized'],
					['Captured', 'captured'],
					['Failed', 'failed'],
					['Pending', 'pending'],
				],
				'captured',
			),
		]),
	],
	input: z.object({
		orderId: id,
		processor: z.string(),
		amount,
		additionalFields: z
			.object({
				authorizedAt: text,
				capturedAt: text,
				currency: currency.optional(),
				metadata: metadata.optional(),
				processorRef: text,
				status: text,
			})
			.default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.orderId,
	run: async ({ orderId: order, processor, amount: value, additionalFields }, send) => {
		const money = additionalFields.currency ?? (await currencyOf(order, send));
		const body = present({ processor, amount: value, ...additionalFields, currency: money } as IDataObject);
		return recordIn(await send({ method: 'POST', path: partPath(order, 'payments'), body }));
	},
	advice: {
		409: 'A payment with this processor reference is recorded already.',
		422: 'Check the values; a cancelled or refunded order takes no payment.',
	},
});
