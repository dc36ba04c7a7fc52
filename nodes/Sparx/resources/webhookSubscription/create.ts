import { UserError } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { checkedUrl, NEEDS_ADMIN, SUBSCRIPTIONS } from '../../webhooks';
import { fieldCollection } from '../fields';
import { allEvents, subscriptionFields, subscriptionInput } from './data';

const { name, url, events, otherEvents, active } = subscriptionFields;
const required = { required: true };

/** The same URL twice makes two subscriptions. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create webhook subscription',
	description:
		'Have events sent to a URL. The answer holds the signing secret, which Sparx never shows again.',
	fields: [
		{ ...name, ...required },
		{ ...url, ...required },
		events,
		fieldCollection('Additional Fields', 'additionalFields', 'Add field', [otherEvents, active]),
	],
	input: z.object({
		name: subscriptionInput.name,
		url: subscriptionInput.url,
		events: subscriptionInput.events.default([]),
		additionalFields: z
			.object({
				otherEvents: subscriptionInput.otherEvents.optional(),
				active: subscriptionInput.active.optional(),
			})
			.default({}),
	}),
	safety: 'nonIdempotent',
	request: (input) => {
		const { active: isActive, otherEvents: typed } = input.additionalFields;
		const wanted = allEvents({ events: input.events, otherEvents: typed });
		if (wanted.length === 0) throw new UserError('"Events" must hold at least one event');
		const body = { name: input.name, url: checkedUrl(input.url), events: wanted };
		return {
			method: 'POST',
			path: SUBSCRIPTIONS,
			body: isActive === undefined ? body : { ...body, active: isActive },
		};
	},
	output: recordIn,
	advice: { 403: NEEDS_ADMIN },
});
