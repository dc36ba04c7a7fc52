import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { onTheWire, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';
import { content, title } from './fields';

/** Contract 2.3. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create knowledge article',
	description: 'Add an article that the AI answers from',
	fields: [{ ...title, required: true }, { ...content, required: true }, additionalFields([])],
	input: z.object({
		title: z.string().trim().min(1, 'is missing'),
		content: z.string().min(1, 'is missing'),
		additionalFields: additionalInput({}),
	}),
	safety: 'unsafe',
	request: ({ additionalFields: { json }, ...fields }) => ({
		method: 'POST',
		path: paths.knowledge,
		body: { ...onTheWire(fields), ...json },
	}),
	output: unwrap,
});
