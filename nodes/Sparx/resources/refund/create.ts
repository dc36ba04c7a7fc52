import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import {
	amount,
	amountField,
	currency,
	fieldCollection,
	metadata,
	metadataField,
	noteField,
	orderId,
	present,
	textField,
} from '../fields';
import { orderLines } from '../orderLines';
import { currencyOf, partPath } from '../orderPart';

const text = z.string().optional();
const lines = orderLines({ withAmount: true });

/**
 * Build B takes a refund without a processor reference for a demand to send the money back, so one is always sent
 * (docs/vendors/sparx.md, Refunds). Sparx does not notice a refund that it has already.
 */
export const create = operation({
	name: 'Record',
	value: 'create',
	action: 'Record refund',
	description:
		'Record a refund that was made elsewhere. No money is moved. The order is refunded once the amounts cover its total.',
	fields: [
		orderId,
		{ ...amountField('Amount', 'amount', 'In units of the currency, not in cents'), required: true },
		...lines.fields,
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
			textField('Currency', 'currency', "Three letters; without it the order's"),
			metadataField,
			textField('Payment ID', 'paymentId', 'The payment that is refunded'),
			textField(
				'Processor Reference',
				'processorRef',
				"The processor's own ID of the refund. Without it one is made up, so that Sparx records and does not send money.",
			),
			noteField('Reason', 'reason'),
		]),
	],
	input: z.object({
		orderId: id,
		amount,
		...lines.input,
		additionalFields: z
			.object({
				currency: currency.optional(),
				metadata: metadata.optional(),
				paymentId: text,
				processorRef: z.string().trim().optional(),
				reason: text,
			})
			.default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.orderId,
	run: async (input, send) => {
		const { additionalFields } = input;
		const body = present({
			amount: input.amount,
			lines: lines.read(input as unknown as IDataObject),
			...additionalFields,
			currency: additionalFields.currency ?? (await currencyOf(input.orderId, send)),
			processorRef: additionalFields.processorRef || `n8n-${randomUUID()}`,
		} as IDataObject);
		return recordIn(await send({ method: 'POST', path: partPath(input.orderId, 'refunds'), body }));
	},
	advice: { 422: 'Check the values; a cancelled order takes no refund in some versions of Sparx.' },
});
