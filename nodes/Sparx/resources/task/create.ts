import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { atHand } from '../../../shared/operation/atHand';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { ownerId, task } from '../../entities';
import { fieldCollection, present } from '../fields';
import { title, titleInput } from '../deal/data';
import { taskFields, taskInput } from './data';

export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create task',
	description: 'Add a task for a member of staff, for example to call a lead',
	fields: [
		title,
		ownerId,
		atHand(fieldCollection('Additional Fields', 'additionalFields', 'Add field', taskFields), [
			'customerId',
			'dueAt',
		]),
	],
	input: z.object({
		title: titleInput,
		ownerId: id,
		additionalFields: z.object(taskInput).partial().default({}),
	}),
	safety: 'nonIdempotent',
	request: ({ title: name, ownerId: owner, additionalFields }) => ({
		method: 'POST',
		path: task.path,
		body: present({ title: name, assignedToUserId: owner, ...additionalFields } as IDataObject),
	}),
	output: recordIn,
	simplify: task.simplify,
	advice: {
		500: 'Sparx keeps the maker of the API key as the creator of the task. Where the key belongs to nobody any more, make it again as a current member of staff.',
	},
});
