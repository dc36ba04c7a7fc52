import type { Resource } from '../../../shared/operation/operation';
import { erase } from './erase';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const contact: Resource = {
	name: 'Contact',
	value: 'contact',
	operations: [get, getMany, update, erase],
};
