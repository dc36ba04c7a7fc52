import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { eventPages } from '../../eventQuery';
import { simplifyEvent } from '../../lead';
import { recordId } from '../../lists';
import { flowFilter, recipientFilter, sourceFilter } from '../pickers';
import { outcomesField, typesField } from './filters';

const rule = z.object({ lhv: z.string(), op: z.string(), rhv: z.unknown().optional() });

/** Filters are checked on our side too: not every server honours every one (docs/vendors/activeprospect.md#events). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many events',
	description:
		'List what happened to leads: submissions, deliveries, filters, retries and feedback. ActiveProspect keeps events for 90 days.',
	fields: [
		filterCollection([
			{ displayName: 'End', name: 'end', type: 'dateTime', default: '' },
			flowFilter,
			outcomesField,
			recipientFilter,
			{
				displayName: 'Rules (JSON)',
				name: 'rules',
				type: 'json',
				default: '[]',
				placeholder: 'e.g. [{"lhv":"vars.lead.state","op":"is equal to","rhv":"TX"}]',
				description: 'Further conditions that must all hold, as ActiveProspect writes them',
			},
			sourceFilter,
			{ displayName: 'Start', name: 'start', type: 'dateTime', default: '' },
			typesField,
		]),
	],
	options: [
		{
			displayName: 'Oldest First',
			name: 'oldestFirst',
			type: 'boolean',
			default: false,
			description: 'Whether to begin with the oldest event instead of the newest',
		},
	],
	input: z.object({
		filters: z
			.object({
				end: z.string(),
				flowId: z.string(),
				outcomes: z.array(z.string()),
				recipientId: z.string(),
				rules: z.array(rule),
				sourceId: z.string(),
				start: z.string(),
				types: z.array(z.string()),
			})
			.partial()
			.default({}),
		options: z.object({ oldestFirst: z.boolean().default(false) }).default({}),
	}),
	safety: 'safe',
	list: {
		pages: ({ filters, options }, send, limit) =>
			eventPages(filters, options.oldestFirst ? 'asc' : 'desc', send, limit),
		recordId,
	},
	simplify: simplifyEvent,
});
