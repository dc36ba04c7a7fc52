import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { clearing } from '../../../shared/operation/clearing';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { orderId, present } from '../fields';
import { updateFields, updateInput } from './data';
import { ORDERS, simplifyOrder } from './order';

const cleared = clearing(
	[
		['Billing Address', 'billingAddress'],
		['Customer Note', 'customerNote'],
		['Internal Note', 'internalNote'],
		['Shipping Address', 'shippingAddress'],
	],
	'Sparx',
);

/** Source: docs/vendors/sparx.md, Orders. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update order',
	description:
		'Change notes, addresses or metadata of an order. Sparx lets nothing else be changed; cancel the order and create another for that.',
	fields: [orderId, updateFields, cleared.field],
	input: z.object({ orderId: id, updateFields: updateInput, clearFields: cleared.input }),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => {
		const body = cleared.changes(present(input.updateFields as IDataObject), input.clearFields);
		return { method: 'PATCH', path: [...ORDERS, input.orderId], body };
	},
	output: recordIn,
	simplify: simplifyOrder,
});
