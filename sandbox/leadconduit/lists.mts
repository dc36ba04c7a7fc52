import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import { printFlowEvent, printSummary, type Lead } from './leads.mts';
import type { Flow } from './flows.mts';
import type { LeadConduitState } from './state.mts';

const DEFAULT_ROWS = 25;
const DAY_MS = 86_400_000;

type Query = Record<string, string | undefined>;

/** The query's parameters; throws a 400 Refusal for one that is unknown, repeated or empty. */
export function readQuery(query: VendorRequest['query'], names: string[]): Query {
	for (const [name, value] of Object.entries(query)) {
		if (!names.includes(name)) throw new Refusal(400, `unknown parameter ${name}`);
		if (typeof value !== 'string' || value === '')
			throw new Refusal(400, `${name} must be given once, not empty`);
	}
	return query as Query;
}

function readCount(name: string, value: string | undefined, fallback: number, least: number): number {
	if (value === undefined) return fallback;
	if (!/^\d+$/.test(value) || Number(value) < least) throw new Refusal(400, `${name} must be a whole number`);
	return Number(value);
}

function readNumber(name: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	if (!Number.isFinite(Number(value))) throw new Refusal(400, `${name} must be a number`);
	return Number(value);
}

/** An ISO 8601 time in UTC, as clock ms. */
function readTime(name: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value));
	if (!isTime) throw new Refusal(400, `${name} must be a date-time such as 2026-02-03T09:00:00Z`);
	return Date.parse(value);
}

/** A date without time, as the clock ms of its first moment. */
function readDate(name: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const isDate = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
	if (!isDate) throw new Refusal(400, `${name} must be a date such as 2026-02-03`);
	return Date.parse(value);
}

/** Whether a time is in a period of whole days, the last one included. */
function periodOf({ start_date: start, end_date: end }: Query): (at: number) => boolean {
	const from = readDate('start_date', start) ?? -Infinity;
	const to = (readDate('end_date', end) ?? Infinity) + DAY_MS;
	if (from >= to) throw new Refusal(400, 'start_date must not be after end_date');
	return (at) => at >= from && at < to;
}

/** Newest first, pages by offset, described by number (docs/vendors/leadconduit.md#search). */
export function searchLeads(state: LeadConduitState, accountId: string, given: VendorRequest['query']) {
	const names = ['flow_id', 'created_after', 'status', 'quality_score_lt', 'limit', 'offset'];
	const query = readQuery(given, names);
	const { flow_id: flowId, status, created_after: after, quality_score_lt: below } = query;
	const limit = Math.min(
		readCount('limit', query.limit, DEFAULT_ROWS, 1),
		state.context.settings.maxSearchRows,
	);
	const offset = readCount('offset', query.offset, 0, 0);
	const createdAfter = readTime('created_after', after) ?? -Infinity;
	const qualityBelow = readNumber('quality_score_lt', below) ?? Infinity;
	const leads = flowId === undefined ? state.leadsOf(accountId) : state.flowOf(accountId, flowId).leads;
	const found = leads
		.filter((lead) => lead.createdAt > createdAfter && lead.quality < qualityBelow)
		.filter((lead) => status === undefined || lead.status === status)
		.sort((one, other) => other.createdAt - one.createdAt || other.id.localeCompare(one.id));
	return {
		total_count: found.length,
		page_count: Math.ceil(found.length / limit),
		current_page: Math.floor(offset / limit) + 1,
		per_page: limit,
		leads: found.slice(offset, offset + limit).map(printSummary),
	};
}

/** No pages; only the dates narrow it. Newest first (docs/vendors/leadconduit.md#flow-events). */
export function flowEvents(state: LeadConduitState, flow: Flow, given: VendorRequest['query']) {
	const query = readQuery(given, ['event_type', 'start_date', 'end_date', 'limit']);
	const { maxEventRows } = state.context.settings;
	const limit = Math.min(readCount('limit', query.limit, 100, 1), maxEventRows);
	const isInPeriod = periodOf(query);
	const found = flow.leads
		.flatMap((lead) => lead.events.map((event) => ({ lead, event })))
		.filter(({ event }) => isInPeriod(event.at) && (query.event_type ?? event.type) === event.type)
		.sort((one, other) => other.event.at - one.event.at);
	return {
		total_events: found.length,
		events: found.slice(0, limit).map(({ lead, event }) => printFlowEvent(lead, event)),
	};
}

const groupings: Record<string, (lead: Lead) => string> = {
	source: ({ data }) => String(data.source ?? 'unknown'),
	campaign: ({ data }) => String(data.campaign ?? 'unknown'),
	flow_id: ({ flowId }) => flowId,
	day: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10),
};

/**
 * Every metric, whichever was asked for, grouped under a key of the grouping's name
 * (docs/vendors/leadconduit.md#analytics).
 */
export function analytics(state: LeadConduitState, accountId: string, given: VendorRequest['query']) {
	const query = readQuery(given, ['flow_id', 'metric', 'group_by', 'start_date', 'end_date']);
	const { flow_id: flowId, group_by: groupBy = 'source', start_date: start, end_date: end } = query;
	const groupOf = groupings[groupBy];
	if (!groupOf) throw new Refusal(400, `group_by must be one of ${Object.keys(groupings).join(', ')}`);
	const isInPeriod = periodOf(query);
	const leads = flowId === undefined ? state.leadsOf(accountId) : state.flowOf(accountId, flowId).leads;
	const groups = new Map<string, Lead[]>();
	for (const lead of leads.filter(({ createdAt }) => isInPeriod(createdAt))) {
		groups.set(groupOf(lead), [...(groups.get(groupOf(lead)) ?? []), lead]);
	}
	const metrics = [...groups].map(([group, members]) => {
		const accepted = members.filter(({ status }) => status !== 'rejected').length;
		const delivered = members.filter(({ status }) => status === 'delivered').length;
		return {
			[groupBy]: group,
			total_leads: members.length,
			accepted_leads: accepted,
			delivered_leads: delivered,
			acceptance_rate: accepted / members.length,
			delivery_rate: delivered / members.length,
			conversion_rate: 0,
			average_quality: members.reduce((sum, { quality }) => sum + quality, 0) / members.length,
		};
	});
	return { period: { start_date: start, end_date: end }, metrics };
}
