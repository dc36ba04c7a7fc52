import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { update } from './update';

export const knowledgeArticle: Resource = {
	name: 'Knowledge Article',
	value: 'knowledgeArticle',
	operations: [create, get, getMany, update, remove],
};
