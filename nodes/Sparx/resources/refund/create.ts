import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/input';
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
import { partPath } from '../orderPart';

const text = z.string().optional();
const lines = orderLines({ withAmount: true });

/** Contract 3.4. Sparx does not notice a refund that it has already. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create refund',
	description: 'Record a refund of an order. The order is refunded once the amounts cover its total.',
	fields: [
		orderId,
		{ ...amountField('Amount', 'amount', 'In units of the currency, not in cents'), required: true },
		...lines.fields,
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [
			textField('Currency', 'currency', 'Three letters'),
			metadataField,
			textField('Payment ID', 'paymentId', 'The payment that is refunded'),
			textField('Processor Reference', 'processorRef', "The processor's own ID of the refund"),
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
				processorRef: text,
				reason: text,
			})
			.default({}),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => ({
		method: 'POST',
		path: partPath(input.orderId, 'refunds'),
		body: present({
			amount: input.amount,
			lines: lines.read(input as unknown as IDataObject),
			...input.additionalFields,
		} as IDataObject),
	}),
	output: recordIn,
	advice: { 422: 'Check the values; a cancelled order takes no refund.' },
});
