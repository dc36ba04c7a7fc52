import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { conversationStates, toApiFields, paths } from '../../vendor';
import { contactEntity } from '../../entities';
import { getMany as list } from '../operations';
import { assigneeId } from './fields';

const filters = {
	assigneeId: z.string().trim(),
	contactId: z.string().trim(),
	status: z.string(),
	tag: z.string(),
	updatedSince: z.string(),
};

/** The filters are assumed from the inbox's (docs/vendors/leadiosa.md#fields). */
export const getMany = list({
	noun: 'conversations',
	description: 'List the conversations of the workspace',
	path: paths.conversations,
	fields: [
		filterCollection([
			assigneeId,
			{ ...contactEntity.idField, required: undefined },
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: conversationStates,
				default: 'open',
			},
			{ displayName: 'Tag', name: 'tag', type: 'string', default: '', placeholder: 'e.g. pricing' },
			{
				displayName: 'Updated Since',
				name: 'updatedSince',
				type: 'dateTime',
				default: '',
				description: 'Conversations that changed at this time or later',
			},
		]),
	],
	input: z.object({ filters: z.object(filters).partial().default({}) }),
	query: (input) => toApiFields(input.filters),
});
