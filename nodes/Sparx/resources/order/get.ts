import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { orderId } from '../fields';
import { ORDERS, simplifyOrder } from './order';

/** Source: docs/vendors/sparx.md, Orders. */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get order',
	description: 'Retrieve one order with its line items',
	fields: [orderId],
	input: z.object({ orderId: id }),
	safety: 'safe',
	orderingKey: (input) => input.orderId,
	request: (input) => ({ method: 'GET', path: [...ORDERS, input.orderId] }),
	output: recordIn,
	simplify: simplifyOrder,
});
