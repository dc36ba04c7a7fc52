import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { getMany } from './getMany';
import { update } from './update';

export const customerAddress: Resource = {
	name: 'Customer Address',
	value: 'customerAddress',
	operations: [getMany, create, remove, update],
};
