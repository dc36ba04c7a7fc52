import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { getMany } from './getMany';

export const webhook: Resource = {
	name: 'Webhook',
	value: 'webhook',
	operations: [create, getMany, remove],
};
