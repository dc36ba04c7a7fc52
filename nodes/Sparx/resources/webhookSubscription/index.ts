import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { getMany } from './getMany';
import { update } from './update';

export const webhookSubscription: Resource = {
	name: 'Webhook Subscription',
	value: 'webhookSubscription',
	operations: [getMany, create, remove, update],
};
