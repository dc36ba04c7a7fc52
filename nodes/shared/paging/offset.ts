import type { IDataObject } from 'n8n-workflow';
import { PagingError } from './pagingError';

/** One answer of a list that is read with `take`/`skip` or `limit`/`offset`. */
export interface OffsetPage {
	/** The records of the page, in the vendor's order. */
	records: IDataObject[];
	/** How many records the whole list has, where the vendor says so. */
	total?: number;
}

/** A list that is read from a place in it. */
export interface OffsetPaging {
	/** Reads at most `take` records after the first `skip`. */
	fetch(take: number, skip: number): Promise<OffsetPage>;
	/** What tells a record from all others: each is given once. */
	recordId(record: IDataObject): string;
	/** The most records that the vendor gives at once. */
	pageSize: number;
}

/** How often a list is read again from its start when records are missing by the vendor's own count. */
const MAX_READINGS_AGAIN = 3;

/**
 * Reads a list by offset, no more than `limit` records. Each page begins with the last record of the page before: if
 * it does not, records were removed in between and the rest moved up, so the walk steps back until it meets a record
 * that it knows. Where all records are wanted and the vendor says how many there are, those that came meanwhile or
 * moved past the walk are looked for from the start again. Ask for an order in which records do not move, such as the
 * time of creation. Records may come again; the caller keeps each once.
 * @throws PagingError when the vendor gives the same page for another offset, pages that do not join, or fewer records
 * than it says there are
 */
export async function* offsetPages(paging: OffsetPaging, limit: number): AsyncGenerator<IDataObject[]> {
	const known = new Set<string>();
	let total = yield* walk(paging, limit, known);
	if (limit !== Infinity) return;
	for (let time = 1; total !== undefined && known.size < total; time++) {
		if (time > MAX_READINGS_AGAIN) {
			throw new PagingError(
				`The vendor says that there are ${total} records, but only ${known.size} could be read`,
				'The list changed too often while it was read, or its count is wrong. Nothing is returned for it. Run it again, or narrow it with a filter.',
			);
		}
		total = yield* walk(paging, limit, known, true);
	}
}

/**
 * One walk through the list; adds what it reads to `known`, and gives the last total that the vendor told.
 * @param onlyMissing whether to stop as soon as as many records are known as there are
 */
async function* walk(
	{ fetch, recordId, pageSize }: OffsetPaging,
	limit: number,
	known: Set<string>,
	onlyMissing = false,
): AsyncGenerator<IDataObject[], number | undefined> {
	let skip = 0;
	let overlaps = false;
	let previous: string | undefined;
	let previousGap: string | undefined;
	for (;;) {
		// One more than is missing, for the record that both pages have in common.
		const take = Math.min(pageSize, limit - known.size + (overlaps ? 1 : 0));
		const { records, total } = await fetch(take, skip);
		const ids = records.map(recordId);
		const page = ids.join();
		if (records.length > 0) yield records;
		else if (total !== undefined && total > skip) {
			throw new PagingError(`The vendor says that there is more, but the page at offset ${skip} is empty`);
		}

		if (overlaps && !ids.some((recordId) => known.has(recordId))) {
			// What was read here becomes known once the walk comes by again from the part that it knows.
			const gap = `${skip} ${page}`;
			if (gap === previousGap) throw new PagingError(`The vendor's pages do not join at offset ${skip}`);
			previousGap = gap;
			previous = undefined;
			skip = Math.max(0, skip - pageSize + 1);
			overlaps = skip > 0;
			continue;
		}
		if (page === previous) throw new PagingError(`The vendor gave the same page twice (offset ${skip})`);
		previous = page;
		ids.forEach((recordId) => known.add(recordId));

		const reached = skip + records.length;
		// A page shorter than asked for is the last one, unless the vendor says that there is more: then it caps pages.
		const isLast = total === undefined ? records.length < take : reached >= total;
		const isEnough = known.size >= limit || (onlyMissing && total !== undefined && known.size >= total);
		if (isEnough || isLast || records.length === 0) return total;
		// A page of one record has none to spare for the next.
		overlaps = records.length > 1;
		skip = overlaps ? reached - 1 : reached;
	}
}
