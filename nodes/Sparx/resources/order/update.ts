import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { orderId, present } from '../fields';
import { updateFields, updateInput } from './data';
import { ORDERS, simplifyOrder } from './order';

/** Source: docs/vendors/sparx.md, Orders. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update order',
	description:
		'Change notes, addresses or metadata of an order. Sparx lets nothing else be changed; cancel the order and create another for that.',
	fields: [orderId, updateFields],
	input: z.object({ orderId: id, updateFields: updateInput }),
	safety: 'idempotent',
	orderingKey: (input) => input.orderId,
	request: (input) => {
		const body = present(input.updateFields as IDataObject);
		if (Object.keys(body).length === 0)
			throw new UserError('There is nothing to update: no field has a value');
		return { method: 'PATCH', path: [...ORDERS, input.orderId], body };
	},
	output: recordIn,
	simplify: simplifyOrder,
});
