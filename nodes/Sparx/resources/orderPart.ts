import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../shared/operation/id';
import { operation, type Operation } from '../../shared/operation/operation';
import type { Send } from '../../shared/transport/transport';
import { recordIn, recordsIn } from '../answer';
import { recordId } from '../lists';
import { orderId } from './fields';
import { ORDERS } from './order/order';

/** Where the fulfillments, payments or refunds of an order are. */
export function partPath(order: string, part: string, ...rest: string[]): string[] {
	return [...ORDERS, order, part, ...rest];
}

/** Lists the fulfillments, payments or refunds of an order, which come whole in one answer. */
export function listOfParts(part: string, simplify?: (record: IDataObject) => IDataObject): Operation {
	return operation({
		name: 'Get Many',
		value: 'getMany',
		action: `Get many ${part}`,
		description: `List the ${part} of an order, the newest first`,
		fields: [orderId],
		input: z.object({ orderId: id }),
		safety: 'safe',
		orderingKey: (input) => input.orderId,
		list: {
			async *pages(input, send) {
				yield recordsIn(await send({ method: 'GET', path: partPath(input.orderId, part) }));
			},
			recordId,
		},
		...(simplify ? { simplify } : {}),
	});
}

/** The currency of an order, which a payment or refund of it is in: some versions of Sparx would take USD for any. */
export async function currencyOf(order: string, send: Send): Promise<string | undefined> {
	const { currency } = recordIn(await send({ method: 'GET', path: [...ORDERS, order], safety: 'safe' }));
	return typeof currency === 'string' ? currency : undefined;
}
