import type { IDataObject } from 'n8n-workflow';
import { PagingError } from './pagingError';

/** One answer of a list that is read by page number. */
export interface NumberedPage {
	/** The records of the page, in the vendor's order. */
	records: IDataObject[];
	/** How many records the whole list has, where the vendor says so. */
	total?: number;
	/** How many pages the whole list has, where the vendor says so. */
	pages?: number;
}

/** A list whose pages have numbers. */
export interface PageNumberPaging {
	/** Asks for page 1, 2, 3 ... of `pageSize` records. */
	fetch(page: number): Promise<NumberedPage>;
	/** What tells a record from all others: each is given once. */
	recordId(record: IDataObject): string;
	/** The same for the whole walk: another size would put other records on a page. */
	pageSize: number;
}

/**
 * Reads page after page: as many as the vendor says there are, else until one is not full. Records that are added
 * meanwhile come again; the caller keeps each once. When the list got shorter meanwhile, records moved to pages already
 * read: the pages that they filled are read again.
 * @throws PagingError when two pages hold the same records, or a page is empty that should not be the last
 */
export async function* numberedPages({
	fetch,
	recordId,
	pageSize,
}: PageNumberPaging): AsyncGenerator<IDataObject[]> {
	let previousIds = '';
	let previousTotal: number | undefined;
	let page = 1;
	for (;;) {
		const { records, total, pages } = await fetch(page);
		const ids = records.map(recordId).join();
		const removed = previousTotal !== undefined && total !== undefined ? previousTotal - total : 0;
		previousTotal = total;
		if (records.length > 0) yield records;

		if (removed > 0 && page > 1) {
			previousIds = '';
			page = Math.max(1, page - Math.ceil(removed / pageSize));
			continue;
		}
		const isLast = pages === undefined ? records.length < pageSize : page >= pages;
		if (isLast) return;
		if (records.length === 0)
			throw new PagingError(`The vendor says that there is more, but page ${page} is empty`);
		if (ids === previousIds) throw new PagingError(`The vendor gave the same page twice (page ${page})`);
		previousIds = ids;
		page++;
	}
}
