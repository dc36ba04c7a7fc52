import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { customerId } from '../../entities';
import { present } from '../fields';
import { createNumbered } from './createNumbered';
import { additionalFields, additionalInput, items } from './data';
import { NUMBERING, ORDERS, simplifyOrder } from './order';

/** Creating twice makes two orders, unless the order has a number of its own. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create order',
	description:
		'Place an order for a customer. Give it an order number to be sure that it is never created twice.',
	fields: [customerId, ...items.fields, additionalFields],
	input: z.object({ customerId: id, ...items.input, additionalFields: additionalInput }),
	safety: 'nonIdempotent',
	run: async (input, send) => {
		const lines = items.read(input as unknown as IDataObject);
		const body = present({
			customerId: input.customerId,
			items: lines,
			...input.additionalFields,
		} as IDataObject);
		if (body.orderNumber !== undefined) return await createNumbered(body, send);
		return recordIn(await send({ method: 'POST', path: ORDERS, body, mutexKey: NUMBERING }));
	},
	simplify: simplifyOrder,
	advice: {
		404: 'Check the customer: it does not exist in this Sparx account, or was deleted.',
		409: 'The order number is taken already. Choose another one.',
	},
});
