import type { IDataObject } from 'n8n-workflow';
import { PagingError } from '../../../shared/paging/pagingError';

/** Days since 1970 in UTC. */
type Day = number;

const DAY_MS = 86_400_000;

/** Older than any flow: where a walk without a start begins. */
const EARLIEST: Day = dayOf('2005-01-01');

/** One answer: the records of some days. */
export interface DayPage {
	/** The records of this page. */
	records: IDataObject[];
	/** How many there are in all on these days. */
	total: number;
}

/** A list without pages that only days narrow. */
export interface DayPaging {
	/** Asks for the records from one day to another, both included (`YYYY-MM-DD`); undefined leaves that side open. */
	fetch(start: string | undefined, end: string | undefined): Promise<DayPage>;
	/** What tells a record from all others: each is given once. */
	recordId(record: IDataObject): string;
	/** The user's own first day, `YYYY-MM-DD`, included. */
	start?: string;
	/** The user's own last day, `YYYY-MM-DD`, included. */
	end?: string;
	/** Milliseconds since the epoch. */
	now: number;
}

/** The day of a `YYYY-MM-DD` text, counted from the epoch in UTC. */
export function dayOf(date: string): Day {
	return Math.floor(Date.parse(date) / DAY_MS);
}

function dateOf(day: Day): string {
	return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

function half(from: Day, to: Day): Array<[Day, Day]> {
	if (to - from === 1)
		return [
			[from, from],
			[to, to],
		];
	const middle = Math.floor((from + to) / 2);
	// Both halves have the day between them: nothing gets lost there, whether or not the vendor includes an end date.
	return [
		[from, middle],
		[middle, to],
	];
}

/**
 * Reads a list that has no pages and can only be narrowed by days: where an answer holds less than it says there is,
 * each half of its days is asked for. Records come again; the caller keeps each once.
 * @throws PagingError when one day holds more than one answer can, or fewer records came than were announced
 */
export async function* byDays({
	fetch,
	recordId,
	start,
	end,
	now,
}: DayPaging): AsyncGenerator<IDataObject[]> {
	const all = await fetch(start, end);
	yield all.records;
	if (all.records.length >= all.total) return;

	const seen = new Set(all.records.map(recordId));
	// Tomorrow in UTC is the latest day anywhere.
	const pending: Array<[Day, Day]> = [
		[start ? dayOf(start) : EARLIEST, end ? dayOf(end) : Math.floor(now / DAY_MS) + 1],
	];
	for (let range = pending.pop(); range; range = pending.pop()) {
		const [from, to] = range;
		const { records, total } = await fetch(dateOf(from), dateOf(to));
		records.forEach((record) => seen.add(recordId(record)));
		yield records;
		if (records.length >= total) continue;
		if (from === to) {
			throw new PagingError(
				`There are ${total} events on ${dateOf(from)}, and only ${records.length} of them can be read`,
				'Nothing narrower than a day can be asked for. Read one event type at a time.',
			);
		}
		pending.push(...half(from, to));
	}
	if (seen.size < all.total) {
		throw new PagingError(`LeadConduit says that there are ${all.total} events, but gave only ${seen.size}`);
	}
}
