import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import { PagingError } from './pagingError';

/** One answer of a list that is read with a cursor. */
export interface CursorPage {
	/** The records of the page, in the vendor's order. */
	records: IDataObject[];
	/** Where the next page starts, verbatim; empty or missing on the last page. */
	next?: string | null;
}

/** A list whose answers name the next page. */
export interface CursorPaging {
	/** Asks for the page at a cursor, or for the first page. */
	fetch(cursor: string | undefined): Promise<CursorPage>;
	/** Whether an error means that the vendor no longer knows the cursor; the walk then starts once more. */
	isExpired?(error: unknown): boolean;
}

/**
 * Follows cursors until the vendor names no next one. After an expired cursor the list is read once more from its
 * start; records then come again and the caller keeps each once.
 * @throws PagingError when a cursor comes back, or an empty page claims that there is more
 */
export async function* cursorPages({
	fetch,
	isExpired = () => false,
}: CursorPaging): AsyncGenerator<IDataObject[]> {
	let cursor: string | undefined;
	let seen = new Set<string>();
	let restarted = false;
	for (;;) {
		const position = cursor;
		const fetched = await attemptAsync(async () => await fetch(position));
		if (!fetched.ok) {
			if (restarted || cursor === undefined || !isExpired(fetched.error)) throw fetched.error;
			restarted = true;
			cursor = undefined;
			seen = new Set();
			continue;
		}
		const page = fetched.value;
		if (page.records.length > 0) yield page.records;
		if (!page.next) return;
		if (page.records.length === 0)
			throw new PagingError('The vendor gave an empty page and said that there is more');
		if (seen.has(page.next)) throw new PagingError('The vendor gave the same cursor twice');
		seen.add(page.next);
		cursor = page.next;
	}
}
