import fc from 'fast-check';
import { numberedPages, type NumberedPage } from '../../../nodes/shared/paging/pageNumber.ts';
import { PagingError } from '../../../nodes/shared/paging/pagingError.ts';
import { idOf, pagingFault, readPages } from './reading.mts';
import {
	deletionsAnywhere,
	deletionsAtTheTop,
	insertsAnywhere,
	insertsAtTheTop,
	ShiftingList,
} from './shiftingList.mts';

/** Reads a list by page number and keeps what was asked and answered. */
function walk(list: ShiftingList, pageSize: number, saysTotals: boolean) {
	const pages: number[] = [];
	const answers: string[] = [];
	const fetch = async (page: number) => {
		pages.push(page);
		const totals = saysTotals ? { total: list.total, pages: Math.ceil(list.total / pageSize) } : {};
		const records = list.slice((page - 1) * pageSize, pageSize).map(({ id }) => ({ id }));
		answers.push(records.map(idOf).join());
		return { records, ...totals };
	};
	const read = async (limit = Infinity) =>
		await readPages(() => numberedPages({ fetch, recordId: idOf, pageSize }), limit);
	return { read, pages, answers };
}

/** The fewest requests that prove that all, or `limit`, records were read. */
function fewestRequests(count: number, limit: number, pageSize: number, saysTotals: boolean): number {
	let requests = 1;
	const isEnough = (read: number): boolean => read >= limit || (saysTotals ? read >= count : read > count);
	while (!isEnough(requests * pageSize)) requests++;
	return requests;
}

describe('a list that stands still', () => {
	it.each([true, false])(
		'is read whole and in order, with no request more than needed (the vendor says how many there are: %s)',
		async (saysTotals) => {
			for (const pageSize of [1, 2, 5]) {
				for (let count = 0; count <= 3 * pageSize + 1; count++) {
					for (const limit of [1, pageSize, pageSize + 1, 2 * pageSize, Infinity]) {
						const { read, pages } = walk(new ShiftingList(count), pageSize, saysTotals);
						const { records } = await read(limit);
						expect(records.map(idOf)).toEqual(
							Array.from({ length: Math.min(count, limit) }, (_, index) => `r${index}`),
						);
						const requests = fewestRequests(count, limit, pageSize, saysTotals);
						expect({ count, limit, pageSize, pages }).toEqual({
							count,
							limit,
							pageSize,
							pages: Array.from({ length: requests }, (_, index) => index + 1),
						});
					}
				}
			}
		},
	);
});

describe('a list that others change between requests', () => {
	it.each([
		['records are added at the top', insertsAtTheTop],
		['records are added anywhere', insertsAnywhere],
		['records at the top are removed', deletionsAtTheTop],
		['records anywhere are removed', deletionsAnywhere],
		['records come and go, not both between two requests', fc.oneof(insertsAnywhere, deletionsAnywhere)],
	])('gives every record that was there all the time, each once, when %s', async (_case, changes) => {
		await fc.assert(
			fc.asyncProperty(fc.nat(40), changes, fc.integer({ min: 1, max: 6 }), async (count, made, pageSize) => {
				const list = new ShiftingList(count, made);
				const { read, answers } = walk(list, pageSize, true);
				const reading = await read().then(
					({ records }) => ({ records, error: undefined }),
					(error: Error) => ({ records: [], error: error.cause }),
				);
				if (reading.error) {
					// As many were added as a page holds: then two pages really are the same.
					expect(reading.error).toBeInstanceOf(PagingError);
					expect(answers.at(-1)).toBe(answers.at(-2));
					return;
				}
				const found = reading.records.map(idOf);
				expect(new Set(found).size).toBe(found.length);
				expect([...list.steadfast].filter((id) => !found.includes(id))).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it('goes back as many pages as the removed records filled', async () => {
		const list = new ShiftingList(12, [[], [], [{ place: 0, insert: 0, remove: 5 }]]);
		const { read, pages } = walk(list, 2, true);
		const { records } = await read();
		expect(records.map(idOf)).toEqual(expect.arrayContaining([...list.steadfast]));
		expect(pages).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
	});
});

describe('a vendor whose pages make no sense', () => {
	const fullPage = [{ id: 'a' }, { id: 'b' }];
	const read = async (fetch: (page: number) => NumberedPage) =>
		await readPages(() => numberedPages({ fetch: async (page) => fetch(page), recordId: idOf, pageSize: 2 }));

	it('stops when every page is the same', async () => {
		const fault = await pagingFault(read(() => ({ records: fullPage })));
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('The vendor gave the same page twice (page 2)');
	});

	it('stops when an empty page claims that there is more', async () => {
		const fault = await pagingFault(
			read((page) => ({ records: page === 1 ? fullPage : [], total: 9, pages: 5 })),
		);
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('The vendor says that there is more, but page 2 is empty');
	});

	it('reads on where the vendor puts fewer records on a page than it was asked for', async () => {
		const { records } = await read((page) => ({ records: [{ id: `r${page}` }], total: 3, pages: 3 }));
		expect(records.map(idOf)).toEqual(['r1', 'r2', 'r3']);
	});
});
