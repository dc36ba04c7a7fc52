import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../shared/attempt';
import { offsetPages, type OffsetPage } from '../shared/paging/offset';
import type { Send } from '../shared/transport/transport';
import { cursorPages } from '../shared/paging/cursor';
import { PagingError } from '../shared/paging/pagingError';
import { recordsIn, totalIn } from './answer';
import { detailsOf, statusOf } from './errors';

/** The most that Sparx was seen to give at once, and the page size that is documented (docs/vendors/sparx.md, Lists). */
const LARGEST_PAGE = 250;
const DOCUMENTED_PAGE = 50;

/** What tells a record of Sparx from others. */
export function recordId({ id }: IDataObject): string {
	return String(id);
}

/** Whether a refusal is, or may be, about the size of the page: other values of a query are refused with 422 too. */
function isAboutTake(error: unknown): boolean {
	if (statusOf(error) !== 422) return false;
	const details = detailsOf(error);
	return !Array.isArray(details) || details.length === 0 || details.some(({ path }) => path === 'take');
}

/**
 * Reads a list with `take` and `skip`, no more than `limit` records; all of them by their time of creation, since an
 * order in which records move while they are read loses some (docs/vendors/sparx.md, Lists). Throws RequestError.
 */
export function pagesOf(
	path: string[],
	query: IDataObject,
	send: Send,
	limit: number,
): AsyncIterable<IDataObject[]> {
	let largestPage = LARGEST_PAGE;
	const fetchPage = async (take: number, skip: number): Promise<OffsetPage> => {
		const page = { ...query, take: Math.min(take, largestPage), skip };
		const answer = await send({ method: 'GET', path, query: page, safety: 'safe' });
		return { records: recordsIn(answer), total: totalIn(answer) };
	};
	const fetch = async (take: number, skip: number): Promise<OffsetPage> => {
		const page = await attemptAsync(async () => await fetchPage(take, skip));
		if (page.ok) return page.value;
		const isTooLarge = Math.min(take, largestPage) > DOCUMENTED_PAGE && isAboutTake(page.error);
		if (!isTooLarge) throw page.error;
		largestPage = DOCUMENTED_PAGE;
		return await fetchPage(take, skip);
	};
	return offsetPages({ fetch, recordId, pageSize: LARGEST_PAGE }, limit);
}

/**
 * The same in an order that records may move in while they are read. All of them are read by their time of creation
 * and put in order afterwards; some are read in that order itself.
 */
export async function* sortedPagesOf(
	path: string[],
	query: IDataObject,
	sortBy: string,
	send: Send,
	limit: number,
): AsyncGenerator<IDataObject[]> {
	if (limit !== Infinity) {
		yield* pagesOf(path, { ...query, sort_by: sortBy }, send, limit);
		return;
	}
	const all = new Map<string, IDataObject>();
	for await (const page of pagesOf(path, { ...query, sort_by: 'createdAt' }, send, limit)) {
		for (const record of page) all.set(recordId(record), record);
	}
	yield [...all.values()].sort((one, other) => descending(one[sortBy], other[sortBy]));
}

/** The greatest first; what has no value comes last. */
function descending(one: unknown, other: unknown): number {
	const [first, second] = [one ?? '', other ?? ''] as [string, string];
	return first < second ? 1 : first > second ? -1 : 0;
}

function nextIn(answer: unknown): string | undefined {
	const { next_cursor: next } = ((answer as IDataObject).meta ?? {}) as IDataObject;
	return typeof next === 'string' && next !== '' ? next : undefined;
}

/**
 * A list that comes whole, with no word of more. A full page of it may be cut off, as that of activities is, which
 * cannot be paged.
 * @throws PagingError when more are wanted than such a page holds
 */
function wholeList(records: IDataObject[], limit: number): IDataObject[] {
	const isFull = records.length > 0 && records.length % DOCUMENTED_PAGE === 0;
	if (!isFull || records.length >= limit) return records;
	throw new PagingError(
		`Sparx gave ${records.length} records and did not say whether there are more`,
		`This list cannot be read page by page. Turn off "Return All" and set "Limit" to ${records.length} to get those, or narrow the list with a query.`,
	);
}

/**
 * Any list of Sparx, whichever way it is paged: by `take` and `skip` where it tells a total, by cursor where it names
 * the next, else whole (docs/vendors/sparx.md, Lists).
 */
export async function* anyPages(
	path: string[],
	query: IDataObject,
	send: Send,
	limit: number,
): AsyncGenerator<IDataObject[]> {
	const ask = async (paging: IDataObject): Promise<unknown> =>
		await send({ method: 'GET', path, query: { ...query, ...paging }, safety: 'safe' });
	const first = await ask({ take: Math.min(DOCUMENTED_PAGE, limit) });
	if (totalIn(first) !== undefined) {
		yield* pagesOf(path, query, send, limit);
		return;
	}
	if (nextIn(first) === undefined) {
		const isCut = recordsIn(first).length === DOCUMENTED_PAGE && limit > DOCUMENTED_PAGE;
		const whole = isCut ? recordsIn(await ask({ take: Math.min(LARGEST_PAGE, limit) })) : recordsIn(first);
		yield wholeList(whole, limit);
		return;
	}
	yield* cursorPages({
		fetch: async (cursor) => {
			const answer = cursor === undefined ? first : await ask({ cursor });
			return { records: recordsIn(answer), next: nextIn(answer) };
		},
	});
}
