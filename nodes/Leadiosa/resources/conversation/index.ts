import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const conversation: Resource = {
	name: 'Conversation',
	value: 'conversation',
	operations: [create, get, getMany, update],
};
