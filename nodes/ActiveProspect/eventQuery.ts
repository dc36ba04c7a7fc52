import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../shared/attempt';
import { cursorPages } from '../shared/paging/cursor';
import { PagingError } from '../shared/paging/pagingError';
import { RequestError } from '../shared/transport/requestError';
import type { Send } from '../shared/transport/transport';
import { listOf } from './lists';

/** The most events of one answer (docs/vendors/activeprospect.md#events). */
const PAGE_SIZE = 1000;

/** So many pages without one event that fits mean that the filters are not honoured. */
const MAX_FRUITLESS_PAGES = 20;

/** A condition on events; several must all hold. */
export interface Rule {
	/** The event's field on the left, with dots for nested ones. */
	lhv: string;
	/** How the two are compared, as ActiveProspect names it, such as `EQUAL`. */
	op: string;
	/** What the field is compared with; left out where the comparison needs nothing. */
	rhv?: unknown;
}

/** Which events are wanted. Each member that is there narrows them. */
export interface EventFilters {
	/** Kinds of event, any of them. */
	types?: string[];
	/** Outcomes, any of them. */
	outcomes?: string[];
	/** ID of the flow that the event happened in. */
	flowId?: string;
	/** ID of the source that the lead came from. */
	sourceId?: string;
	/** ID of the recipient that the event is about. */
	recipientId?: string;
	/** ID of the lead. */
	leadId?: string;
	/** Earliest time, ISO 8601, included. */
	start?: string;
	/** Latest time, ISO 8601, included. */
	end?: string;
	/** The user's own, which cannot be checked here. */
	rules?: Rule[];
}

/** Where an event says what the filters are about (docs/vendors/activeprospect.md#events). */
const PATHS: Array<[keyof EventFilters, string]> = [
	['types', 'type'],
	['outcomes', 'outcome'],
	['flowId', 'vars.flow.id'],
	['sourceId', 'vars.source.id'],
	['recipientId', 'vars.recipient.id'],
	['leadId', 'vars.lead.id'],
];

function valueAt(event: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | null | undefined)?.[key], event);
}

function wantedValues(value: EventFilters[keyof EventFilters]): string[] {
	return [value ?? []].flat().filter((entry): entry is string => typeof entry === 'string' && entry !== '');
}

function rulesOf(filters: EventFilters): Rule[] {
	const own = PATHS.flatMap(([name, lhv]): Rule[] => {
		const values = wantedValues(filters[name]);
		if (values.length === 0) return [];
		if (values.length === 1) return [{ lhv, op: 'is equal to', rhv: values[0] }];
		return [{ lhv, op: 'is included in', rhv: values }];
	});
	return [...own, ...(filters.rules ?? [])];
}

/** Whether an event is wanted. Asked of each row, since not every server honours every filter. */
export function fits(event: IDataObject, filters: EventFilters): boolean {
	const isIncluded = PATHS.every(([name, path]) => {
		const values = wantedValues(filters[name]);
		return values.length === 0 || values.includes(String(valueAt(event, path)));
	});
	const time = Number(event.start_timestamp);
	const isBetween =
		!Number.isFinite(time) ||
		((filters.start === undefined || time >= Date.parse(filters.start)) &&
			(filters.end === undefined || time <= Date.parse(filters.end)));
	return isIncluded && isBetween;
}

/** The other of the two spellings that ActiveProspect has for operators that compare. */
function respelled({ op, ...rest }: Rule): Rule {
	const other = / or equal to$/.test(op) ? op.replace(/ to$/, '') : op.replace(/ or equal$/, ' or equal to');
	return { ...rest, op: other };
}

/** Reads one page. By POST: rules make an address too long. */
async function readPage(body: IDataObject, rules: Rule[], send: Send): Promise<IDataObject[]> {
	const ask = async (asked: Rule[]): Promise<IDataObject[]> =>
		listOf(
			await send({
				method: 'POST',
				path: ['events'],
				safety: 'safe',
				body: { ...body, ...(asked.length > 0 ? { rules: asked } : {}) },
			}),
		);
	const read = await attemptAsync(async () => await ask(rules));
	if (read.ok) return read.value;
	const isRefused = read.error instanceof RequestError && read.error.ending.response?.status === 400;
	const other = rules.map(respelled);
	if (!isRefused || other.every(({ op }, at) => op === rules[at].op)) throw read.error;
	return await ask(other);
}

/**
 * Pages of the events that are wanted, in the order of their IDs.
 * @throws PagingError when page after page holds nothing that fits
 */
export async function* eventPages(
	filters: EventFilters,
	sort: 'asc' | 'desc',
	send: Send,
	limit = Infinity,
): AsyncGenerator<IDataObject[]> {
	const rules = rulesOf(filters);
	const size = Math.min(PAGE_SIZE, limit);
	const fetch = async (
		cursor: string | undefined,
	): Promise<{ records: IDataObject[]; next: string | undefined }> => {
		const place = cursor === undefined ? {} : { [sort === 'asc' ? 'after_id' : 'before_id']: cursor };
		const times = { start: filters.start, end: filters.end };
		const records = await readPage({ ...times, ...place, sort, limit: size }, rules, send);
		// A page that is not full could have been cut by the server: only an empty one is the last.
		const last = records[records.length - 1];
		return { records, next: last === undefined ? undefined : String(last.id) };
	};
	let fruitless = 0;
	for await (const page of cursorPages({ fetch })) {
		const fitting = page.filter((event) => fits(event, filters));
		fruitless = fitting.length > 0 ? 0 : fruitless + 1;
		if (fruitless >= MAX_FRUITLESS_PAGES) {
			throw new PagingError(
				`${MAX_FRUITLESS_PAGES} pages in a row held no event that fits`,
				'ActiveProspect seems to leave the filters out of account. Narrow the dates, or check the rules.',
			);
		}
		if (fitting.length > 0) yield fitting;
	}
}

/** The newest events that are wanted. */
export async function newestEvents(filters: EventFilters, send: Send, limit: number): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for await (const page of eventPages(filters, 'desc', send, limit)) {
		found.push(...page.slice(0, limit - found.length));
		if (found.length >= limit) break;
	}
	return found;
}
