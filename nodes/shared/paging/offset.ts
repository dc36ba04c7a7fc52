import type { IDataObject } from 'n8n-workflow';
import { PagingError } from './pagingError';

/** One answer of a list that is read with `take`/`skip` or `limit`/`offset`. */
export interface OffsetPage {
	records: IDataObject[];
	/** How many records the whole list has, where the vendor says so. */
	total?: number;
}

export interface OffsetPaging {
	fetch(take: number, skip: number): Promise<OffsetPage>;
	recordId(record: IDataObject): string;
	/** The most records that the vendor gives at once. */
	pageSize: number;
}

/**
 * Reads a list by offset, no more than `limit` records. Each page begins with the last record of the page before: if
 * it does not, records were removed in between and the rest moved up, so the walk steps back until it meets a record
 * that it knows. Records that are added in between come again; the caller keeps each once.
 * @throws PagingError when the vendor gives the same page for another offset, or pages that do not join
 */
export async function* offsetPages(
	{ fetch, recordId, pageSize }: OffsetPaging,
	limit: number,
): AsyncGenerator<IDataObject[]> {
	const known = new Set<string>();
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
		if (known.size >= limit || isLast || records.length === 0) return;
		// A page of one record has none to spare for the next.
		overlaps = records.length > 1;
		skip = overlaps ? reached - 1 : reached;
	}
}
