import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { noteField, orderId, present } from '../fields';
import { ORDERS, simplifyOrder } from './order';

/** Cancelling again changes nothing, so it may be sent again. The body must be an object, if an empty one. */
export const cancel = operation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel order',
	description: 'Cancel an order that is neither delivered nor refunded',
	fields: [orderId, noteField('Reason', 'reason', 'Kept with the order, 500 characters at most')],
	input: z.object({
		orderId: id,
		reason: z.string().max(500, 'must have 500 characters at most').optional(),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => ({
		method: 'POST',
		path: [...ORDERS, input.orderId, 'cancel'],
		body: present({ reason: input.reason }),
	}),
	output: recordIn,
	simplify: simplifyOrder,
	advice: { 422: 'An order that is delivered or refunded cannot be cancelled.' },
});
