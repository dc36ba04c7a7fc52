import type { Resource } from '../../../shared/operation/operation';
import { complete } from './complete';
import { create } from './create';
import { getMany } from './getMany';
import { update } from './update';

export const task: Resource = {
	name: 'Task',
	value: 'task',
	operations: [getMany, complete, create, update],
};
