import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { optionalFields } from '../../fields';
import { webhook } from '../../entities';
import { flagsOf } from '../../webhooks';
import { part, toApiFields } from '../../apiFields';
import { someOf } from '../operations';
import { eventsField, eventsSchema, url, urlSchema } from './webhook';

const changes = optionalFields('updateFields', [url, eventsField], { url: urlSchema, events: eventsSchema });

/** `PUT /webhooks/{id}` with a URL, flags of events, or both (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update webhook',
	description: 'Change the URL or the events of a webhook. The events given replace those that are on.',
	fields: [webhook.id, changes.field],
	input: z.object({ webhookId: id, updateFields: someOf(changes) }),
	safety: 'idempotent',
	orderingKey: (input) => input.webhookId,
	request: ({ webhookId, updateFields: { url: address, events } }) => ({
		method: 'PUT',
		path: ['webhooks', webhookId],
		body: { ...toApiFields({ url: address }), ...(events ? flagsOf(events as string[]) : {}) },
	}),
	output: (answer) => part(answer, 'webhook'),
	simplify: webhook.simplify,
});
