import type { IDataObject } from 'n8n-workflow';
import type { ApiRequest } from '../shared/operation/apiRequest';
import type { ListReading } from '../shared/operation/operation';
import { offsetPages, type OffsetPage } from '../shared/paging/offset';
import { PagingError } from '../shared/paging/pagingError';

/** Neither default nor maximum is documented (docs/vendors/leadconduit.md#paging). */
export const PAGE_SIZE = 100;

function recordId(record: IDataObject): string {
	return record.id === undefined ? JSON.stringify(record) : String(record.id);
}

function pageOf(answer: unknown): OffsetPage {
	const { total_count: total, ...rest } = (answer ?? {}) as IDataObject;
	const records = Object.values(rest).find(Array.isArray) as IDataObject[] | undefined;
	if (!records) throw new PagingError('The answer has no list');
	return { records, total: typeof total === 'number' ? total : undefined };
}

/** Any list that is read like leads, by limit and offset; its records are the one list in each answer. */
export const offsetList: ListReading<ApiRequest> = {
	pages: ({ path, query }, send, limit) =>
		offsetPages(
			{
				fetch: async (take, skip) =>
					pageOf(
						await send({
							method: 'GET',
							path,
							query: { ...(query as IDataObject), limit: take, offset: skip },
						}),
					),
				recordId,
				pageSize: PAGE_SIZE,
			},
			limit,
		),
	recordId,
};
