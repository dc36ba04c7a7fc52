import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { customerId } from '../../entities';
import { addressId, addressPath } from './data';

export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete saved address',
	description: 'Remove a saved address of a customer. Not every version of Sparx has saved addresses.',
	fields: [customerId, addressId],
	input: z.object({ customerId: id, addressId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	request: (input) => ({ method: 'DELETE', path: addressPath(input.customerId, input.addressId) }),
	output: (_answer, input) => ({ id: input.addressId, deleted: true }),
});
