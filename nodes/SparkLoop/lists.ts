import type { IDataObject } from 'n8n-workflow';
import type { ListReading } from '../shared/operation/operation';
import { numberedPages } from '../shared/paging/pageNumber';
import { listIn } from '../shared/paging/listIn';
import { PagingError } from '../shared/paging/pagingError';
import type { Send } from '../shared/transport/transport';

/** The most records on a page (docs/vendors/sparkloop.md#paging). */
export const MAX_PAGE_SIZE = 200;

/** One list of the API. */
export interface SparkLoopList {
	/** Below the base URL. */
	path: string[];
	/** The filters, without those of the paging. */
	query?: IDataObject;
	/** The key of the records in the answer; without it the only list in the answer is meant. */
	key?: string;
}

/** One page of a list. */
export interface SparkLoopPage {
	/** The records of this page. */
	records: IDataObject[];
	/** How many records there are in all, where the answer tells. */
	total?: number;
	/** How many pages there are in all, where the answer tells. */
	pages?: number;
}

function onlyListIn(answer: unknown): string {
	const lists = Object.entries((answer ?? {}) as IDataObject).filter(([, value]) => Array.isArray(value));
	if (lists.length !== 1) throw new PagingError('The answer is not a list');
	return lists[0][0];
}

function count(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/**
 * Asks for one page. What the vendor counts stands in `meta`, at the top level, or nowhere
 * (docs/vendors/sparkloop.md#paging).
 */
export async function fetchPage(
	send: Send,
	list: SparkLoopList,
	page: number,
	pageSize: number,
): Promise<SparkLoopPage> {
	const { path, query } = list;
	const answer = await send({
		method: 'GET',
		path,
		query: { ...query, page, per_page: pageSize },
		safety: 'safe',
	});
	const key = list.key ?? onlyListIn(answer);
	const records = listIn<IDataObject>(answer, key);
	const counts = ((answer as IDataObject).meta ?? answer) as IDataObject;
	return { records, total: count(counts[`total_${key}`]), pages: count(counts.total_pages) };
}

/**
 * How a list is read: pages of one size for the whole walk, each record once (docs/vendors/sparkloop.md#paging).
 * @param recordId what tells a record from others, where it is not its `uuid`
 */
export function listReading<Input>(
	listOf: (input: Input) => SparkLoopList,
	recordId = (record: IDataObject): string => String(record.uuid),
): ListReading<Input> {
	return {
		pages: (input, send, limit) => {
			const pageSize = Math.min(MAX_PAGE_SIZE, limit);
			const list = listOf(input);
			return numberedPages({
				fetch: async (page) => await fetchPage(send, list, page, pageSize),
				recordId,
				pageSize,
			});
		},
		recordId,
	};
}
