import fc from 'fast-check';
import { cursorPages, type CursorPage } from '../../../nodes/shared/paging/cursor.ts';
import { listIn } from '../../../nodes/shared/paging/listIn.ts';
import { PagingError } from '../../../nodes/shared/paging/pagingError.ts';
import { idOf, pagingFault, readPages } from './reading.mts';
import { anyChanges, ShiftingList } from './shiftingList.mts';

class ExpiredError extends Error {}

const isExpired = (error: unknown): boolean => error instanceof ExpiredError;

/** A vendor whose cursor is the place of a page's last record; `expireAt` names requests at which it has forgotten it. */
class CursorServer {
	readonly cursors: Array<string | undefined> = [];

	readonly #list: ShiftingList;

	readonly #pageSize: number;

	readonly #expireAt: number[];

	constructor(list: ShiftingList, pageSize: number, expireAt: number[] = []) {
		this.#list = list;
		this.#pageSize = pageSize;
		this.#expireAt = expireAt;
	}

	readonly fetch = async (cursor: string | undefined): Promise<CursorPage> => {
		this.cursors.push(cursor);
		if (this.#expireAt.includes(this.cursors.length)) throw new ExpiredError('The cursor is too old');
		const start = cursor === undefined ? 0 : this.#list.placeBehind(Number(cursor));
		const isLast = start + this.#pageSize >= this.#list.total;
		const rows = this.#list.slice(start, this.#pageSize);
		return {
			records: rows.map(({ id }) => ({ id })),
			next: isLast ? null : String(rows[rows.length - 1].order),
		};
	};
}

describe('a list that stands still', () => {
	it('is read whole and in order, with no request more than needed', async () => {
		for (const pageSize of [1, 2, 5]) {
			for (let count = 0; count <= 3 * pageSize + 1; count++) {
				for (const limit of [1, pageSize, pageSize + 1, 2 * pageSize, Infinity]) {
					const server = new CursorServer(new ShiftingList(count), pageSize);
					const { records } = await readPages(() => cursorPages(server), limit);
					expect(records).toHaveLength(Math.min(count, limit));
					expect(server.cursors).toHaveLength(Math.max(1, Math.ceil(Math.min(count, limit) / pageSize)));
				}
			}
		}
	});

	it.each([[''], [null], [undefined]])('ends where the next cursor is %p', async (next) => {
		const fetch = async () => ({ records: [{ id: 'a' }], next });
		expect((await readPages(() => cursorPages({ fetch }))).records).toEqual([{ id: 'a' }]);
	});

	it('sends each cursor back as it came', async () => {
		const server = new CursorServer(new ShiftingList(5), 2);
		await readPages(() => cursorPages(server));
		expect(server.cursors).toEqual([undefined, '1', '3']);
	});
});

it('gives every record that was there all the time, each once, when others change the list', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.nat(40),
			anyChanges,
			fc.integer({ min: 1, max: 6 }),
			async (count, changes, pageSize) => {
				const list = new ShiftingList(count, changes);
				const server = new CursorServer(list, pageSize);
				const { records } = await readPages(() => cursorPages(server));
				const found = records.map(idOf);
				expect(new Set(found).size).toBe(found.length);
				expect([...list.steadfast].filter((id) => !found.includes(id))).toEqual([]);
			},
		),
	);
});

describe('a cursor that the vendor no longer knows', () => {
	it('is followed by one more walk from the start, and each record comes once', async () => {
		const server = new CursorServer(new ShiftingList(6), 2, [3]);
		const { records } = await readPages(() => cursorPages({ fetch: server.fetch, isExpired }));
		expect(records.map(idOf)).toEqual(['r0', 'r1', 'r2', 'r3', 'r4', 'r5']);
		expect(server.cursors).toEqual([undefined, '1', '3', undefined, '1', '3']);
	});

	it('ends the walk the second time', async () => {
		const server = new CursorServer(new ShiftingList(6), 2, [2, 4]);
		expect(
			await pagingFault(readPages(() => cursorPages({ fetch: server.fetch, isExpired }))),
		).toBeInstanceOf(ExpiredError);
		expect(server.cursors).toHaveLength(4);
	});

	it.each([
		['the first page', [1], isExpired],
		['an error that means something else', [2], () => false],
	])('is not what happened at %s', async (_case, expireAt, judge) => {
		const server = new CursorServer(new ShiftingList(6), 2, expireAt);
		const reading = readPages(() => cursorPages({ fetch: server.fetch, isExpired: judge }));
		expect(await pagingFault(reading)).toBeInstanceOf(ExpiredError);
		expect(server.cursors).toHaveLength(expireAt[0]);
	});
});

describe('a vendor whose pages make no sense', () => {
	it.each([
		['gives one cursor again and again', ['a', 'a', 'a'], 2],
		['goes round in a circle', ['a', 'b', 'a'], 3],
	])('stops when it %s', async (_case, nexts, requests) => {
		let request = 0;
		const fetch = async () => ({ records: [{ id: `r${request}` }], next: nexts[request++] });
		const fault = await pagingFault(readPages(() => cursorPages({ fetch })));
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('The vendor gave the same cursor twice');
		expect(request).toBe(requests);
	});

	it('stops when an empty page claims that there is more', async () => {
		const fault = await pagingFault(
			readPages(() => cursorPages({ fetch: async () => ({ records: [], next: 'a' }) })),
		);
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('The vendor gave an empty page and said that there is more');
	});

	it.each([[{}], [{ data: null }], [{ data: {} }], [undefined], [null], ['<html>'], [[]]])(
		'stops when the answer %j has no list',
		(answer) => {
			expect(() => listIn(answer, 'data')).toThrow(new PagingError('The answer has no list "data"'));
		},
	);

	it('takes an empty list for a list', () => {
		expect(listIn({ data: [] }, 'data')).toEqual([]);
	});
});
