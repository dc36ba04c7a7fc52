import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../shared/attempt';
import { offsetPages, type OffsetPage } from '../shared/paging/offset';
import type { Send } from '../shared/transport/transport';
import { recordsIn, totalIn } from './answer';
import { statusOf } from './errors';

/** The most that Sparx was seen to give at once, and the page size that is documented (contract section 4). */
const LARGEST_PAGE = 250;
const DOCUMENTED_PAGE = 50;

/** What tells a record of Sparx from others. */
export function recordId({ id }: IDataObject): string {
	return String(id);
}

/** Reads a list with `take` and `skip`, no more than `limit` records (contract section 4). Throws RequestError. */
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
		const isTooLarge = statusOf(page.error) === 422 && Math.min(take, largestPage) > DOCUMENTED_PAGE;
		if (!isTooLarge) throw page.error;
		largestPage = DOCUMENTED_PAGE;
		return await fetchPage(take, skip);
	};
	return offsetPages({ fetch, recordId, pageSize: LARGEST_PAGE }, limit);
}
