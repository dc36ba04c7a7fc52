import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { idField, noteField, orderId, present } from '../fields';
import { partPath } from '../orderPart';

/** Voiding again changes nothing. The body must be an object, if an empty one. */
export const voidPayment = operation({
	name: 'Void',
	value: 'void',
	action: 'Void payment',
	description: 'Take back a payment that was recorded. No money is moved.',
	fields: [
		orderId,
		idField('Payment ID', 'paymentId', 'The ID of the payment'),
		noteField('Reason', 'reason'),
	],
	input: z.object({ orderId: id, paymentId: id, reason: z.string().optional() }),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => ({
		method: 'POST',
		path: partPath(input.orderId, 'payments', input.paymentId, 'void'),
		body: present({ reason: input.reason }),
	}),
	output: recordIn,
});
