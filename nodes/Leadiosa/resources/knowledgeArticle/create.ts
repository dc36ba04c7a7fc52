import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput } from '../additionalFields';
import { content, title } from './fields';

/** `POST /knowledge`; its fields are assumed (docs/vendors/leadiosa.md#fields). */
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
	safety: 'nonIdempotent',
	request: ({ additionalFields: { json }, ...fields }) => ({
		method: 'POST',
		path: paths.knowledge,
		body: { ...toApiFields(fields), ...json },
	}),
	output: unwrap,
});
