import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const publication: Resource = {
	name: 'Publication',
	value: 'publication',
	operations: [getMany, create, remove, get, update],
};
