import { z } from 'zod';
import { task } from '../../entities';
import { textField } from '../fields';
import { title, titleInput } from '../deal/data';
import { updateOne } from '../operations';
import { statusField, taskFields, taskInput } from './data';

export const update = updateOne(task, {
	fields: [
		{ ...title, required: false },
		textField('Owner ID', 'assignedToUserId', 'The member of staff who is responsible'),
		...taskFields,
		statusField,
	],
	input: {
		title: titleInput,
		assignedToUserId: z.string().trim().optional(),
		...taskInput,
		status: z.string().optional(),
	},
	clearable: [
		['Customer', 'customerId'],
		['Deal', 'dealId'],
		['Description', 'description'],
		['Due At', 'dueAt'],
	],
});
