import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { getMany } from './getMany';

export const message: Resource = {
	name: 'Message',
	value: 'message',
	operations: [create, getMany],
};
