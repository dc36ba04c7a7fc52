import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { customerId } from '../../entities';

import { CUSTOMERS } from './customer';

/** Source: docs/vendors/sparx.md, Customers. */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete customer',
	description: 'Delete a customer. Its email stays taken.',
	fields: [customerId],
	input: z.object({ customerId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	request: (input) => ({ method: 'DELETE', path: [...CUSTOMERS, input.customerId] }),
	output: (_answer, input) => ({ id: input.customerId, deleted: true }),
});
