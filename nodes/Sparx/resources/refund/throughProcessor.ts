import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { confirmation, confirmed } from '../../../shared/operation/confirmation';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { amount, amountField, noteField, orderId, present } from '../fields';
import { ORDERS } from '../order/order';
import { partPath } from '../orderPart';

/** Build A would only record the refund, and whoever asked for the money would wait for it in vain. */
async function refuseRecordingOnly(order: string, send: Send): Promise<void> {
	const read = recordIn(await send({ method: 'GET', path: [...ORDERS, order], safety: 'safe' }));
	if ('surchargeTotal' in read || typeof read.customer === 'object') return;
	throw new UserError('This version of Sparx cannot send money back: it would only record the refund', {
		description:
			'Nothing was sent for this item. Refund the payment at its processor, then use Record with its reference.',
	});
}

/**
 * Sends money back at the tenant's gateway (docs/vendors/sparx.md, Refunds). The newest captured payment is refunded;
 * which one, and which lines, cannot be chosen. Whatever ends uncertain may have moved money.
 */
export const throughProcessor = operation({
	name: 'Refund Through Processor',
	value: 'throughProcessor',
	action: 'Refund money through processor',
	description:
		'Send money back to the customer: the newest captured payment of the order is refunded at its payment processor, then recorded. It cannot be undone. Only on explicit demand.',
	fields: [
		orderId,
		amountField(
			'Amount',
			'amount',
			'In units of the currency, not in cents. 0 refunds all that is left of the payments.',
		),
		confirmation(
			'Confirm Refund',
			'Whether the money is to be sent back. Nothing happens while this is off.',
		),
		noteField('Reason', 'reason'),
	],
	input: z.object({
		orderId: id,
		amount: amount.default(0),
		confirm: confirmed,
		reason: z.string().optional(),
	}),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.orderId,
	run: async (input, send) => {
		await refuseRecordingOnly(input.orderId, send);
		const body = present({ amount: input.amount || undefined, reason: input.reason });
		const refund = recordIn(await send({ method: 'POST', path: partPath(input.orderId, 'refunds'), body }));
		return { ...refund, moneyMoved: Boolean(refund.processorRef) };
	},
	advice: {
		400: 'No money was sent. Check that the order has a captured payment with a processor reference, and that something is left to refund.',
		422: 'No money was sent. Check the values.',
	},
});
