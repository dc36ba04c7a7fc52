import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { systemClock } from '../../../shared/clock';
import { isoTime, withoutEmpty } from '../../../shared/data/values';
import { leadOf } from '../../lead';
import { dateFields, dateInput } from '../dates';
import { flowId } from '../flow/fields';
import { byDays } from './days';

/** The most that the reference shows (docs/vendors/leadconduit.md#flow-events). */
const MAX_ROWS = 1000;

function simplifyEvent({ id: eventId, type, timestamp, lead_id: leadId, ...data }: IDataObject): IDataObject {
	return withoutEmpty({
		platform: 'leadconduit',
		event: type,
		eventId,
		occurredAt: isoTime(timestamp),
		lead: leadId === undefined ? undefined : leadOf({ id: leadId }),
		data,
	});
}

/** A flow's events are narrowed by whole days, and have no pages (docs/vendors/leadconduit.md#flow-events). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many events',
	description:
		'List what happened to the leads of a flow: received, enhanced, delivered, with outcome and recipient',
	fields: [
		flowId,
		filterCollection([
			...dateFields,
			{
				displayName: 'Event Type',
				name: 'eventType',
				type: 'options',
				options: [
					{ name: 'Delivered', value: 'delivered' },
					{ name: 'Enhanced', value: 'enhanced' },
					{ name: 'Received', value: 'received' },
				],
				default: 'delivered',
			},
		]),
	],
	input: z.object({
		flowId: id,
		filters: z.object({ ...dateInput, eventType: z.string().optional() }).default({}),
	}),
	safety: 'safe',
	orderingKey: (input) => input.flowId,
	list: {
		pages: ({ flowId: flow, filters }, send, limit) =>
			byDays({
				fetch: async (start, end) => {
					const query = {
						event_type: filters.eventType,
						start_date: start,
						end_date: end,
						limit: Math.min(MAX_ROWS, limit),
					};
					const answer = await send({ method: 'GET', path: ['flows', flow, 'events'], query });
					const records = listIn<IDataObject>(answer, 'events');
					return { records, total: Number((answer as IDataObject).total_events ?? records.length) };
				},
				recordId: ({ id: eventId }) => String(eventId),
				start: filters.startDate,
				end: filters.endDate,
				now: systemClock.now(),
			}),
		recordId: ({ id: eventId }) => String(eventId),
	},
	simplify: simplifyEvent,
});
