import type { IDataObject } from 'n8n-workflow';
import { PagingError } from './pagingError';

/** A second of which not all records can be read. */
export interface CrowdedSecond {
	/** Those of its records that could be read. */
	records: IDataObject[];
	/** What happened. */
	message: string;
	/** What a person can do. */
	description: string;
}

/** A list that has no pages: one answer holds at most `cap` records, and only a range of time narrows it. */
export interface TimeWindowPaging {
	/** Asks for the records between two times, both included and in epoch seconds; undefined leaves that side open. */
	fetch(start: number | undefined, end: number | undefined): Promise<IDataObject[]>;
	/** What tells a record from all others: each is given once. */
	recordId(record: IDataObject): string;
	/** Times of a record in epoch seconds, as a hint at how dense the list is; nothing else depends on them. */
	timesOf(record: IDataObject): number[];
	/** An answer with this many records may have been cut off. */
	cap: number;
	/** The user's own earliest time, in epoch seconds, included. */
	start?: number;
	/** The user's own latest time, in epoch seconds, included. */
	end?: number;
	/** Epoch seconds. */
	now(): number;
	/** What the records are called, e.g. "leads". */
	noun: string;
	/**
	 * Told of a second that holds more records than one answer can, and of those that could be read of it; reading then
	 * goes on. Without it such a second ends the reading.
	 */
	onCrowdedSecond?(crowded: CrowdedSecond): void;
}

/** Servers' clocks differ a little from ours. */
const CLOCK_SKEW_S = 60;

/** How full the next answer should be: well below the cap, so that few windows have to be read twice. */
const TARGET_FILL = 0.88;

/** From this many records on, a window says how dense the list is. */
const TELLING_COUNT = 20;

/** Leads come in a rhythm of days and weeks. */
const WEEK_S = 7 * 24 * 60 * 60;

/** How far the rhythm may lead away from the density of the last window. */
const RHYTHM_TRUST = 3;

const GROWTH = 4;
const GROWTH_WHERE_EMPTY = 16;

/** A walk that needs more requests than this has lost its way: even one per 10 records would be 1,000,000 records. */
const MAX_REQUESTS = 100_000;

/** How long a time, in seconds, holds about `count` records, judged by a cut-off answer. */
function hintedWidth(records: IDataObject[], count: number, { timesOf }: TimeWindowPaging): number {
	let first = Infinity;
	let last = -Infinity;
	for (const record of records) {
		for (const time of timesOf(record)) {
			if (time < first) first = time;
			if (time > last) last = time;
		}
	}
	return last > first ? ((last - first) * count) / records.length : Infinity;
}

/** @throws PagingError unless somebody is told of it and reading is to go on */
function crowdedAt(
	second: number,
	records: IDataObject[],
	{ cap, noun, onCrowdedSecond }: TimeWindowPaging,
): void {
	const most = cap.toLocaleString('en-US');
	const message = `There are more than ${most} ${noun} at ${new Date(second * 1000).toISOString()}`;
	const description = `One answer holds ${most} at most, and nothing narrower than a second can be asked for. Search before and after that second, or by another criterion.`;
	if (!onCrowdedSecond) throw new PagingError(message, description);
	onCrowdedSecond({ records, message, description });
}

/**
 * Two seconds with more records between them than one answer holds: asks for each alone.
 * @throws PagingError when a second holds more than the cap, or records lie between the two, and nobody is told of it
 */
async function* singleSeconds(
	a: number,
	b: number,
	both: IDataObject[],
	paging: TimeWindowPaging,
): AsyncGenerator<IDataObject[]> {
	const { fetch, cap, recordId } = paging;
	const ids = new Set<string>();
	let isCrowded = false;
	for (const second of [a, b]) {
		const records = await fetch(second, second);
		if (records.length >= cap) {
			crowdedAt(second, records, paging);
			isCrowded = true;
		}
		records.forEach((record) => ids.add(recordId(record)));
		yield records;
	}
	// A server that compares fractions of a second has records between the two that neither answer holds.
	const between = both.filter((record) => !ids.has(recordId(record)));
	if (between.length === 0) return;
	if (!isCrowded) crowdedAt(a, both, paging);
	yield between;
}

/** The next width after a window that was cut off: by its records where they tell, else half. */
function narrower(span: number, records: IDataObject[], paging: TimeWindowPaging): number {
	const hinted = hintedWidth(records, paging.cap * TARGET_FILL, paging);
	// Records that lie close together at one end say nothing about the other.
	return Math.floor(hinted < span / 4 ? span / 2 : Math.min(span * TARGET_FILL, hinted));
}

/** The next width after a window that was read whole; `crowdedUntil` ends a range that is known to be cut off. */
function nextWidth(count: number, a: number, b: number, crowdedUntil: number, cap: number): number {
	const span = b - a;
	if (count >= TELLING_COUNT) return Math.min(span * GROWTH, (span * cap * TARGET_FILL) / count);
	const rest = crowdedUntil - b;
	return rest > 1 ? rest / 2 : span * GROWTH_WHERE_EMPTY;
}

/** Adds the times of records that were read to those seen before, oldest first. */
function noteTimes(seen: number[], records: IDataObject[], { timesOf }: TimeWindowPaging): void {
	const last = seen.length > 0 ? seen[seen.length - 1] : -Infinity;
	const times = records.map((record) => Math.min(...timesOf(record))).filter((time) => time > last);
	for (const time of times.sort((one, other) => one - other)) seen.push(time);
}

/** How much time from a second on held `count` records one week earlier; undefined where that is not known. */
function widthAWeekEarlier(seen: number[], from: number, count: number): number | undefined {
	let low = 0;
	let high = seen.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (seen[middle] < from - WEEK_S) low = middle + 1;
		else high = middle;
	}
	return low > 0 && low + count < seen.length ? seen[low + count] - (from - WEEK_S) : undefined;
}

/** Walks from `lo` to the end (epoch seconds), each window as wide as the density seen so far allows. */
async function* sweep(
	lo: number,
	firstWidth: number,
	paging: TimeWindowPaging,
): AsyncGenerator<IDataObject[]> {
	const { fetch, cap, noun, end, now } = paging;
	let a = lo;
	let hi = end ?? Math.max(lo + 1, now() + CLOCK_SKEW_S);
	let width = firstWidth;
	let crowdedUntil = lo;
	const seen: number[] = [];
	for (let requests = 0; requests < MAX_REQUESTS; requests++) {
		// The next window starts with the last second of this one: between two seconds nothing may get lost.
		const b = Math.min(hi, a + Math.max(1, Math.round(width)));
		// The last window is as open as the user's range: it holds what has changed, or was dated, behind our clock.
		const isOpen = b >= hi && end === undefined;
		const records = await fetch(a, isOpen ? undefined : b);
		const isCutOff = records.length >= cap;
		if (isCutOff && b === a) crowdedAt(a, records, paging);
		if (isCutOff && b > a && (isOpen || b - a > 1)) {
			if (isOpen) hi = b + (b - a);
			crowdedUntil = b;
			width = narrower(b - a, records, paging);
			continue;
		}
		if (isCutOff && b > a) yield* singleSeconds(a, b, records, paging);
		else yield records;
		if (b >= hi) return;
		noteTimes(seen, records, paging);
		const byDensity = nextWidth(records.length, a, b, crowdedUntil, cap);
		const byRhythm = widthAWeekEarlier(seen, b, Math.round(cap * TARGET_FILL)) ?? byDensity;
		width = Math.min(Math.max(byRhythm, byDensity / RHYTHM_TRUST), byDensity * RHYTHM_TRUST);
		a = b;
	}
	throw new PagingError(`The ${noun} could not be read in ${MAX_REQUESTS.toLocaleString('en-US')} requests`);
}

/**
 * Reads a list that can only be narrowed by time, oldest first, whatever the order in which the server gives records
 * and whichever of their times it compares. Windows share their boundary second, so records come again; the caller
 * keeps each once.
 * @throws PagingError that names the second when one second holds more than one answer can, and nobody is told of it
 */
export async function* timeWindows(paging: TimeWindowPaging): AsyncGenerator<IDataObject[]> {
	const { fetch, cap, start, end, now } = paging;
	const all = await fetch(start, end);
	yield all;
	if (all.length < cap) return;

	const lo = start ?? 0;
	const hi = end ?? now() + CLOCK_SKEW_S;
	yield* sweep(lo, narrower(hi - lo, all, paging), paging);
}
