import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { toApiFields, paths, unwrap } from '../../vendor';
import { additionalFields, additionalInput, changes } from '../additionalFields';
import { knowledgeArticleEntity } from '../../entities';
import { content, title } from './fields';

/** Leadiosa prepares a changed article for its AI by itself (docs/vendors/leadiosa.md#fields). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update knowledge article',
	description: 'Change the title or the content of an article. What is not given stays as it is.',
	fields: [knowledgeArticleEntity.idField, additionalFields([title, content], 'Fields to Update')],
	input: z.object({
		knowledgeArticleId: id,
		additionalFields: additionalInput({ title: z.string(), content: z.string() }),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.knowledgeArticleId,
	request: ({ knowledgeArticleId, additionalFields: { json, ...fields } }) => ({
		method: 'PATCH',
		path: [...paths.knowledge, knowledgeArticleId],
		body: changes(toApiFields(fields), json),
	}),
	output: unwrap,
});
