import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { webhook } from '../../entities';
import { part } from '../../apiFields';
import { flagsOf } from '../../webhooks';
import { eventsField, eventsSchema, url, urlSchema } from './webhook';

/** Sent twice it would be registered twice (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create webhook',
	description: 'Register a URL for events. The SparkLoop Trigger does this by itself.',
	fields: [
		{ ...url, required: true },
		{ ...eventsField, required: true },
	],
	input: z.object({ url: urlSchema, events: eventsSchema }),
	safety: 'nonIdempotent',
	request: (input) => ({
		method: 'POST',
		path: ['webhooks'],
		body: { url: input.url, ...flagsOf(input.events) },
	}),
	output: (answer) => part(answer, 'webhook'),
	simplify: webhook.simplify,
});
