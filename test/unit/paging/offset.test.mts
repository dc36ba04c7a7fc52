import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { offsetPages } from '../../../nodes/shared/paging/offset.ts';
import { PagingError } from '../../../nodes/shared/paging/pagingError.ts';
import { idOf, pagingFault, readPages } from './reading.mts';
import {
	anyChanges,
	deletionsAnywhere,
	deletionsAtTheTop,
	insertsAnywhere,
	insertsAtTheTop,
	ShiftingList,
} from './shiftingList.mts';

interface Server {
	list: ShiftingList;
	pageSize: number;
	/** The vendor says how long the list is. */
	saysTotal?: boolean;
	/** The vendor gives fewer records at once than it is asked for. */
	serverCap?: number;
}

/** Reads a list by offset and keeps what was asked and answered. */
function walk({ list, pageSize, saysTotal = false, serverCap = Infinity }: Server) {
	const takes: number[] = [];
	const answers: string[] = [];
	const fetch = async (take: number, skip: number) => {
		takes.push(take);
		const total = saysTotal ? list.total : undefined;
		const records: IDataObject[] = list.slice(skip, Math.min(take, serverCap)).map(({ id }) => ({ id }));
		answers.push(records.map(idOf).join());
		return { records, total };
	};
	const read = async (limit = Infinity) =>
		await readPages((wanted) => offsetPages({ fetch, recordId: idOf, pageSize }, wanted), limit);
	return { read, takes, answers };
}

const ids = (records: IDataObject[]): string[] => records.map(idOf);

/** How many records `requests` pages hold that have one record in common with the page before. */
const covered = (requests: number, pageSize: number): number => pageSize + (requests - 1) * (pageSize - 1);

/** The fewest requests that prove that all, or `limit`, records were read. */
function fewestRequests(count: number, limit: number, pageSize: number, saysTotal: boolean): number {
	let requests = 1;
	const isEnough = (read: number): boolean => read >= limit || (saysTotal ? read >= count : read > count);
	while (!isEnough(covered(requests, pageSize))) requests++;
	return requests;
}

describe('a list that stands still', () => {
	it('is read whole and in order, with no request more than needed, for every length, limit and page size', async () => {
		for (const pageSize of [2, 3, 5]) {
			for (let count = 0; count <= 3 * pageSize + 1; count++) {
				for (const limit of [
					1,
					2,
					pageSize - 1,
					pageSize,
					pageSize + 1,
					2 * pageSize - 1,
					2 * pageSize,
					Infinity,
				]) {
					for (const saysTotal of [true, false]) {
						const list = new ShiftingList(count);
						const { read, takes } = walk({ list, pageSize, saysTotal });
						const { records } = await read(limit);
						const wanted = Math.min(count, limit);
						expect(ids(records)).toEqual(Array.from({ length: wanted }, (_, index) => `r${index}`));
						expect({ count, limit, pageSize, saysTotal, requests: takes.length }).toEqual({
							count,
							limit,
							pageSize,
							saysTotal,
							requests: fewestRequests(count, limit, pageSize, saysTotal),
						});
						expect(Math.max(...takes)).toBeLessThanOrEqual(Math.min(pageSize, limit + 1));
					}
				}
			}
		}
	});

	it('is read whole when the vendor gives fewer at once than it is asked for, and says how many there are', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(40),
				fc.integer({ min: 2, max: 8 }),
				fc.integer({ min: 2, max: 8 }),
				async (count, pageSize, serverCap) => {
					const list = new ShiftingList(count);
					const { records } = await walk({ list, pageSize, serverCap, saysTotal: true }).read();
					expect(records).toHaveLength(count);
				},
			),
		);
	});

	it.each([
		['the page size is 1', { pageSize: 1 }],
		['the vendor gives one record at once', { pageSize: 5, serverCap: 1 }],
	])('is read whole when %s', async (_case, sizes) => {
		const { records } = await walk({ list: new ShiftingList(4), saysTotal: true, ...sizes }).read();
		expect(records).toHaveLength(4);
	});
});

describe('a list that others change between requests', () => {
	it.each([
		['records are added at the top', insertsAtTheTop],
		['records are added anywhere', insertsAnywhere],
		['records at the top are removed', deletionsAtTheTop],
		['records anywhere are removed', deletionsAnywhere],
		['records come and go anywhere', anyChanges],
	])('gives every record that was there all the time, each once, when %s', async (_case, changes) => {
		const pageSizes = fc.integer({ min: 2, max: 6 });
		await fc.assert(
			fc.asyncProperty(
				fc.nat(40),
				changes,
				pageSizes,
				fc.boolean(),
				async (count, made, pageSize, saysTotal) => {
					const list = new ShiftingList(count, made);
					const { read, answers } = walk({ list, pageSize, saysTotal });
					const reading = await read().then(
						({ records }) => ({ records, error: undefined }),
						(error: Error) => ({ records: [], error: error.cause }),
					);
					if (reading.error) {
						// Others may change a list so that a page comes again for another offset; then it stops rather than guess.
						expect(reading.error).toBeInstanceOf(PagingError);
						expect(answers.slice(0, -1)).toContain(answers.at(-1));
						return;
					}
					const found = ids(reading.records);
					expect(new Set(found).size).toBe(found.length);
					expect([...list.steadfast].filter((id) => !found.includes(id))).toEqual([]);
				},
			),
			{ numRuns: 500 },
		);
	});

	it.each([
		['further than a page', 20, 3, [[], [], [], [{ place: 0, insert: 0, remove: 8 }]]],
		['so far that the next page is empty', 7, 5, [[{ place: 0, insert: 0, remove: 3 }]]],
	])('steps back when removals moved the rest up %s', async (_case, count, pageSize, changes) => {
		const list = new ShiftingList(count, changes);
		const { records } = await walk({ list, pageSize }).read();
		expect(ids(records)).toEqual(expect.arrayContaining([...list.steadfast]));
	});

	it('gives as many as wanted, although records come again', async () => {
		const wishes = fc.integer({ min: 1, max: 12 });
		await fc.assert(
			fc.asyncProperty(
				fc.integer({ min: 12, max: 40 }),
				insertsAnywhere,
				wishes,
				async (count, made, limit) => {
					const { read, answers } = walk({ list: new ShiftingList(count, made), pageSize: 6 });
					const found = await read(limit).then(
						({ records }) => records.length,
						() => undefined,
					);
					if (found === undefined) expect(answers.slice(0, -1)).toContain(answers.at(-1));
					else expect(found).toBe(limit);
				},
			),
		);
	});

	it('never gives more than the limit', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.nat(40),
				anyChanges,
				fc.integer({ min: 1, max: 12 }),
				async (count, made, limit) => {
					const { read } = walk({ list: new ShiftingList(count, made), pageSize: 4 });
					const records = await read(limit).then(
						(list) => list.records,
						() => [],
					);
					expect(records.length).toBeLessThanOrEqual(limit);
				},
			),
		);
	});
});

describe('a vendor whose pages make no sense', () => {
	it('stops when every offset gives the same page', async () => {
		const fetch = async () => ({ records: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], total: 100 });
		const fault = await pagingFault(
			readPages((limit) => offsetPages({ fetch, recordId: idOf, pageSize: 3 }, limit)),
		);
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('The vendor gave the same page twice (offset 2)');
	});

	it.each([
		['and says how many there are', 9],
		['and does not say how many there are', undefined],
	])('stops when the vendor gives nothing behind the first page %s', async (_case, total) => {
		let requests = 0;
		const fetch = async (_take: number, skip: number) => {
			if (++requests > 100) throw new Error('This walk does not end');
			return { records: skip === 0 ? [{ id: 'a' }, { id: 'b' }, { id: 'c' }] : [], total };
		};
		const fault = await pagingFault(
			readPages((limit) => offsetPages({ fetch, recordId: idOf, pageSize: 3 }, limit)),
		);
		expect(fault).toBeInstanceOf(PagingError);
	});
});
