import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { task } from '../../entities';

/** Completing again changes nothing. The body must be an object, if an empty one. */
export const complete = operation({
	name: 'Complete',
	value: 'complete',
	action: 'Complete task',
	description: 'Mark a task as done',
	fields: [task.id],
	input: z.object({ taskId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.taskId,
	request: (input) => ({ method: 'POST', path: [...task.path, input.taskId, 'complete'], body: {} }),
	output: recordIn,
	simplify: task.simplify,
});
