import type { Resource } from '../../../shared/operation/operation';
import { assign } from './assign';
import { create } from './create';
import { remove } from './delete';
import { findDuplicates } from './findDuplicates';
import { get } from './get';
import { getMany } from './getMany';
import { addTags, removeTags } from './tags';
import { update } from './update';
import { upsert } from './upsert';

export const customer: Resource = {
	name: 'Customer',
	value: 'customer',
	operations: [getMany, addTags, assign, create, remove, findDuplicates, get, removeTags, update, upsert],
};
