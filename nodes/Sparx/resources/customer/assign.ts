import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { customerId, ownerId } from '../../entities';
import { inBulk } from '../bulk';
import { CUSTOMERS } from './customer';

/** Gives all input items' customers to members of staff, up to 500 in one request. */
export const assign = operation<{ customerId: string; ownerId: string }>({
	name: 'Assign',
	value: 'assign',
	action: 'Assign customers to owner',
	description:
		'Make a member of staff responsible; the customers of all input items go in few requests. Sparx skips customers that it does not have.',
	fields: [customerId, ownerId],
	input: z.object({ customerId: id, ownerId: id }),
	safety: 'idempotent',
	batching: inBulk({
		most: 500,
		request: (input) => ({
			path: [...CUSTOMERS, 'bulk-assign'],
			body: { assignedRepId: input.ownerId },
		}),
		result: (input, { updatedCount }, sent) => ({
			customerId: input.customerId,
			assignedRepId: input.ownerId,
			customersInRequest: sent,
			changedInRequest: updatedCount,
		}),
	}),
});
