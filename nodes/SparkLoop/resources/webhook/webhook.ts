import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { events } from '../../events';
import { textField } from '../../fields';
import { API_EVENTS } from '../../webhooks';

export const url = textField('URL', 'url', {
	placeholder: 'e.g. https://example.com/webhook',
	description: 'Must start with https://',
});

/** The events that the API can turn on (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	options: events.events.filter(({ value }) => API_EVENTS.includes(String(value))),
	default: [],
	description: 'What SparkLoop sends to the URL. Other events can be turned on in its dashboard only.',
};

export const urlSchema = z
	.string()
	.trim()
	.refine((value) => value.startsWith('https://'), { message: 'must start with https://' });

export const eventsSchema = z
	.array(z.enum(API_EVENTS as [string, ...string[]]))
	.min(1, 'must hold at least one event');
