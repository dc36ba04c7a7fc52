import type { INodeProperties } from 'n8n-workflow';
import { filterCollection } from '../shared/operation/collection';
import type { PollSource } from '../shared/polling/source';
import { eventPages, newestEvents, type EventFilters } from './eventQuery';
import { simplifyEvent } from './lead';
import { recordId } from './lists';
import { TYPES, outcomesField } from './resources/event/filters';
import { flowFilter } from './resources/pickers';

/** A slow step's event may appear so long after its time (docs/vendors/activeprospect.md#events). */
const OVERLAP_MS = 10 * 60 * 1000;

const DESCRIPTIONS: Record<string, string> = {
	source: 'A lead has gone through a flow',
	recipient: 'A lead was delivered to a recipient, or not',
};

/** Narrows what a trigger watches, beside the kind of event. */
export type PolledFilters = Pick<EventFilters, 'outcomes' | 'flowId'>;

function source(name: string, types: string[] | undefined, filters: PolledFilters): PollSource {
	const wanted: EventFilters = { ...filters, ...(types ? { types } : {}) };
	const timeOf: PollSource['timeOf'] = ({ start_timestamp }) => Number(start_timestamp);
	return {
		name: `${name} Event`,
		value: `event.${types?.[0] ?? 'any'}`,
		description: DESCRIPTIONS[types?.[0] ?? ''] ?? `A new event${types ? ` of the kind ${name}` : ''}`,
		// Nothing that happens later is known yet; an account without events starts from now too.
		newest: async (send) => {
			const [event] = await newestEvents({}, send, 1);
			return event ? timeOf(event) : 0;
		},
		since: (from, send) => eventPages({ ...wanted, start: new Date(from).toISOString() }, 'asc', send),
		sample: async (send) => (await newestEvents(wanted, send, 1))[0],
		overlapMs: OVERLAP_MS,
		timeOf,
		keyOf: recordId,
		simplify: (event) => {
			const { lead, ...data } = simplifyEvent(event);
			return { ...(lead ? { lead: lead as never } : {}), data };
		},
	};
}

/** Every kind of event, and all of them. */
export function sourcesFor(filters: PolledFilters): PollSource[] {
	const kinds = Object.entries(TYPES).map(([type, name]) => source(name, [type], filters));
	const first = (value: string): number => (value === 'event.source' ? 0 : 1);
	return [...kinds, source('Any', undefined, filters)].sort(
		(one, other) => first(one.value) - first(other.value),
	);
}

/** The trigger's own filters. */
export const filtersField: INodeProperties = filterCollection([flowFilter, outcomesField]);
