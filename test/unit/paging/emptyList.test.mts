import { offsetPages } from '../../../nodes/shared/paging/offset.ts';

describe('an empty list', () => {
	it.each([undefined, 0])('is read with one request and gives nothing, total %s', async (total) => {
		const fetch = jest.fn(async () => ({ records: [], total }));
		const pages = [];
		for await (const page of offsetPages({ fetch, recordId: String, pageSize: 10 }, Infinity))
			pages.push(page);
		expect(pages).toEqual([]);
		expect(fetch).toHaveBeenCalledTimes(1);
	});
});
