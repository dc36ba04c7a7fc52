import type { Call, Lead } from './leads.mts';
import type { SparaSettings } from './settings.mts';

/** ISO-8601 UTC in whole seconds (docs/vendors/spara.md#lead). */
export const printTime = (epochMs: number) => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');

/** A lead as search, get and create show it (docs/vendors/spara.md#lead). */
export function printLead(lead: Lead, settings: Readonly<SparaSettings>) {
	const { id, createdAt, updatedAt, conversationUrl, calls } = lead;
	return {
		object: 'lead',
		id,
		created_at: printTime(createdAt),
		updated_at: printTime(updatedAt),
		url: `https://app.spara.co/conversations/${id}`,
		data: printFields(lead, settings),
		...(conversationUrl && {
			conversation: { created_at: printTime(createdAt), initial_url: conversationUrl, messages: [] },
		}),
		calls: calls.map(printCall),
	};
}

/** A lead's fields; some leads show integers and booleans as strings (docs/vendors/spara.md#lead). */
export function printFields({ data, textual }: Lead, { textValues }: Readonly<SparaSettings>) {
	const asText = textValues === 'all' || (textValues === 'some' && textual);
	return asText
		? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]))
		: data;
}

const printCall = ({ startedAt, endedAt, summary }: Call) => ({
	started_at: printTime(startedAt),
	ended_at: printTime(endedAt),
	summary,
	events: [],
});
