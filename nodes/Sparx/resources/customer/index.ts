import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';
import { upsert } from './upsert';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [getMany, create, remove, get, update, upsert],
};
