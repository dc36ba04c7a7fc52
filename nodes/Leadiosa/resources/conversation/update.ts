import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { conversationStates, toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput, changes } from '../additionalFields';
import { conversationEntity } from '../../entities';
import { assigneeId } from './fields';

/** `PATCH /conversations/{id}`; how to unassign one is unknown (docs/vendors/leadiosa.md#fields). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update conversation',
	description: 'Change the status or the assignee of a conversation. What is not given stays as it is.',
	fields: [
		conversationEntity.idField,
		additionalFields(
			[
				assigneeId,
				{
					displayName: 'Snoozed Until',
					name: 'snoozedUntil',
					type: 'dateTime',
					default: '',
					description: 'When a snoozed conversation opens again',
				},
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					options: conversationStates,
					default: 'open',
				},
			],
			'Fields to Update',
		),
	],
	input: z.object({
		conversationId: id,
		additionalFields: additionalInput({
			assigneeId: z.string().trim(),
			snoozedUntil: z.string(),
			status: z.string(),
		}),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.conversationId,
	request: ({ conversationId, additionalFields: { json, ...fields } }) => ({
		method: 'PATCH',
		path: [...paths.conversations, conversationId],
		body: changes(toApiFields(fields), json),
	}),
	output: unwrap,
	advice: {
		409: 'The conversation does not allow it in its present state: a closed conversation, for example, cannot be assigned. Open it first.',
	},
});
