import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { NEEDS_ADMIN, SUBSCRIPTIONS } from '../../webhooks';
import { subscriptionId } from './subscriptionId';

/** Source: docs/vendors/sparx.md, Webhook subscriptions. */
export const remove = operation({
	name: 'Delete',
	value: 'delete',
	action: 'Delete webhook subscription',
	description: 'Stop sending events to a URL for good',
	fields: [subscriptionId],
	input: z.object({ subscriptionId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.subscriptionId,
	request: (input) => ({ method: 'DELETE', path: [...SUBSCRIPTIONS, input.subscriptionId] }),
	output: (_answer, input) => ({ id: input.subscriptionId, deleted: true }),
	advice: { 403: NEEDS_ADMIN },
});
