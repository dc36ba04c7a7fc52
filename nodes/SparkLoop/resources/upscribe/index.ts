import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { subscribe } from './subscribe';
import { update } from './update';

export const upscribe: Resource = {
	name: 'Upscribe',
	value: 'upscribe',
	operations: [getMany, get, subscribe, update],
};
