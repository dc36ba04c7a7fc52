import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { events } from '../../events';
import { textField } from '../fields';

/** Source: docs/vendors/sparx.md, Webhook subscriptions. */
export const subscriptionFields: Record<
	'name' | 'url' | 'events' | 'otherEvents' | 'active',
	INodeProperties
> = {
	name: { ...textField('Name', 'name'), placeholder: 'e.g. Content to n8n' },
	url: {
		...textField('URL', 'url', 'Where events are sent to'),
		placeholder: 'e.g. https://example.com/hook',
	},
	events: {
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		options: events.events,
		default: [],
	},
	otherEvents: textField('Other Events', 'otherEvents', 'Names of further events, separated by commas'),
	active: {
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether events are sent; while off, they are lost',
	},
};

const names = z.string().transform((value) => value.split(/[\s,]+/).filter(Boolean));

export const subscriptionInput = {
	name: z.string().max(120, 'must have 120 characters at most'),
	url: z.string().url('must be a whole address'),
	events: z.array(z.string()),
	otherEvents: names,
	active: z.boolean(),
};

/** The listed events and the typed ones together. */
export function allEvents({
	events: listed = [],
	otherEvents = [],
}: {
	events?: string[];
	otherEvents?: string[];
}): string[] {
	return [...listed, ...otherEvents];
}
