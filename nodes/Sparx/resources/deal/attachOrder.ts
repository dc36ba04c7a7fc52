import { z } from 'zod';
import { attemptAsync } from '../../../shared/attempt';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { deal } from '../../entities';
import { statusOf } from '../../errors';
import { orderId } from '../fields';

/** An order that is attached already is refused, which says that it is done. */
export const attachOrder = operation({
	name: 'Attach Order',
	value: 'attachOrder',
	action: 'Attach order to deal',
	description: 'Attach an order to a deal; one that is attached already stays so',
	fields: [deal.id, orderId],
	input: z.object({ dealId: id, orderId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.dealId,
	run: async ({ dealId, orderId: order }, send) => {
		// Snake case in the body, unlike everywhere else.
		const body = { order_id: order };
		const sent = await attemptAsync(
			async () => await send({ method: 'POST', path: [...deal.path, dealId, 'orders'], body }),
		);
		if (!sent.ok && statusOf(sent.error) !== 409) throw sent.error;
		return { dealId, orderId: order, attached: true, wasAttached: !sent.ok };
	},
});
