import type { Resource } from '../../../shared/operation/operation';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const order: Resource = {
	name: 'Order',
	value: 'order',
	operations: [getMany, cancel, create, get, update],
};
