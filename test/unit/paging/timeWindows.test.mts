import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { PagingError } from '../../../nodes/shared/paging/pagingError.ts';
import { timeWindows } from '../../../nodes/shared/paging/timeWindows.ts';
import { idOf, pagingFault, readPages } from './reading.mts';
import { TimeServer, type Order, type TimedLead, type TimeServerSettings } from './timeServer.mts';

/** The first second that leads have in these tests, and the last. */
const FIRST = 1000;
const LAST = 1060;

interface Bounds {
	start?: number;
	end?: number;
}

function leadsAt(times: number[]): TimedLead[] {
	return times.map((time, number) => ({ id: String(number), created: time, updated: time }));
}

async function readAll(server: TimeServer, cap: number, bounds: Bounds = {}, timesOf = createdOf) {
	const pages = (): AsyncIterable<IDataObject[]> =>
		timeWindows({
			fetch: server.fetch,
			recordId: idOf,
			timesOf,
			cap,
			...bounds,
			now: () => Math.floor(server.now),
			noun: 'leads',
		});
	return await readPages(pages, Infinity, ({ updated }) => String(updated as number));
}

const createdOf = ({ created }: IDataObject): number[] => [created as number];

/** Leaves out leads until no second, with all up to the next one included, holds as many as an answer. */
function thinned(times: number[], cap: number): number[] {
	const kept: number[] = [];
	const held = (second: number): number => kept.filter((time) => time >= second && time <= second + 1).length;
	for (const time of times) {
		const isFree = [Math.floor(time), Math.ceil(time) - 1].every((second) => held(second) < cap - 1);
		const touchesBoth = Number.isInteger(time) && held(time) >= cap - 1;
		if (isFree && !touchesBoth) kept.push(time);
	}
	return kept;
}

/** Leaves out leads until each second by itself holds fewer than an answer. */
function thinnedBySecond(times: number[], cap: number): number[] {
	return times.filter(
		(time, index) => times.slice(0, index).filter((other) => other === time).length < cap - 1,
	);
}

const caps = fc.integer({ min: 2, max: 7 });
const orders = fc.constantFrom<Order>('newest', 'oldest', 'shuffled');
const filters = fc.constantFrom('created' as const, 'updated' as const);
const wholeSeconds = fc.array(fc.integer({ min: FIRST, max: LAST }), { maxLength: 60 });
const quartersUpTo = (last: number): fc.Arbitrary<number[]> =>
	fc.array(
		fc.integer({ min: FIRST * 4, max: last * 4 }).map((quarters) => quarters / 4),
		{ maxLength: 60 },
	);
const quarterSeconds = quartersUpTo(LAST);
const crowdedSeconds = fc.oneof(quarterSeconds, quartersUpTo(FIRST + 8));
const bounds: fc.Arbitrary<Bounds> = fc.record(
	{
		start: fc.integer({ min: FIRST - 5, max: LAST + 5 }),
		end: fc.integer({ min: FIRST - 5, max: LAST + 200 }),
	},
	{ requiredKeys: [] },
);
const idsOf = (records: IDataObject[]): string[] => records.map(idOf).sort();
const isWithin = ({ start = -Infinity, end = Infinity }: Bounds, time: number): boolean =>
	time >= start && time <= end;

describe('every lead exactly once', () => {
	const settings = (given: Omit<TimeServerSettings, 'now'>): TimeServerSettings => ({
		...given,
		now: LAST + 3,
	});

	it('where no second holds as many as an answer, in any order, by either time, within any bounds', async () => {
		await fc.assert(
			fc.asyncProperty(
				wholeSeconds,
				caps,
				orders,
				filters,
				bounds,
				async (times, cap, order, filterBy, range) => {
					const leads = leadsAt(thinnedBySecond(times, cap));
					const { records } = await readAll(
						new TimeServer(settings({ leads, cap, order, filterBy })),
						cap,
						range,
					);
					expect(idsOf(records)).toEqual(idsOf(leads.filter(({ created }) => isWithin(range, created))));
				},
			),
			{ numRuns: 400 },
		);
	});

	it('where the server compares fractions of a second', async () => {
		await fc.assert(
			fc.asyncProperty(quarterSeconds, caps, orders, bounds, async (times, cap, order, range) => {
				const leads = leadsAt(thinned(times, cap));
				const { records } = await readAll(new TimeServer(settings({ leads, cap, order })), cap, range);
				expect(idsOf(records)).toEqual(idsOf(leads.filter(({ created }) => isWithin(range, created))));
			}),
			{ numRuns: 400 },
		);
	});

	it('whatever the hints say', async () => {
		const hints = fc.array(fc.oneof(fc.integer(), fc.double()), { maxLength: 3 });
		await fc.assert(
			fc.asyncProperty(wholeSeconds, caps, fc.func(hints), async (times, cap, hint) => {
				const leads = leadsAt(thinnedBySecond(times, cap));
				const server = new TimeServer(settings({ leads, cap }));
				const { records } = await readAll(server, cap, {}, (lead) => hint(lead.id));
				expect(idsOf(records)).toEqual(idsOf(leads));
			}),
		);
	});

	it('or an error that names a second which holds too many', async () => {
		const timed = fc.constantFrom<Order>('newest', 'oldest');
		await fc.assert(
			fc.asyncProperty(crowdedSeconds, caps, timed, bounds, async (times, cap, order, range) => {
				const leads = leadsAt(times);
				const server = new TimeServer(settings({ leads, cap, order }));
				const read = await readAll(server, cap, range).then(
					({ records }) => ({ records, error: undefined }),
					(error: Error) => ({ records: [], error: error.cause as Error }),
				);
				if (!read.error) {
					expect(idsOf(read.records)).toEqual(idsOf(leads.filter(({ created }) => isWithin(range, created))));
					return;
				}
				expect(read.error).toBeInstanceOf(PagingError);
				const [iso] = /\d{4}-.*Z/.exec(read.error.message) ?? [];
				expect([...server.denseSeconds]).toContain(Date.parse(iso ?? '') / 1000);
			}),
			{ numRuns: 400 },
		);
	});
});

describe('leads that are edited during the walk', () => {
	const edits = fc.array(fc.array(fc.nat(59), { maxLength: 1 }), { maxLength: 30 });

	it('come once, in the greatest version that the server gave, and none is lost', async () => {
		await fc.assert(
			fc.asyncProperty(
				wholeSeconds,
				fc.integer({ min: 4, max: 7 }),
				orders,
				filters,
				bounds,
				edits,
				fc.integer({ min: 1, max: 100 }),
				async (times, cap, order, filterBy, range, made, requestTakes) => {
					const leads = leadsAt(thinned(times, cap));
					const server = new TimeServer({
						leads,
						cap,
						order,
						filterBy,
						edits: made,
						requestTakes,
						now: LAST + 3,
					});
					const { records } = await readAll(server, cap, range);

					const before = new Set(leads.filter(({ created }) => isWithin(range, created)).map(idOf));
					const steadfast = idsOf(server.matching(range.start, range.end)).filter((id) => before.has(id));
					const found = idsOf(records);
					expect(new Set(found).size).toBe(found.length);
					expect(steadfast.filter((id) => !found.includes(id))).toEqual([]);
					for (const lead of records.filter(({ id }) => steadfast.includes(String(id)))) {
						expect(lead.updated).toBe(server.given.get(idOf(lead)));
					}
				},
			),
			{ numRuns: 500 },
		);
	});
});

describe('more leads in one second than an answer holds', () => {
	const second = Date.UTC(2026, 1, 3, 8) / 1000;
	const read = (times: number[], cap: number, range: Bounds = {}) =>
		readAll(new TimeServer({ leads: leadsAt(times), cap, now: second + 100 }), cap, range);
	const times = (count: number, time: number): number[] => new Array<number>(count).fill(time);

	it.each([
		['amid others', [...times(3, second - 50), ...times(1001, second), ...times(3, second + 9)], {}],
		['alone, as many as fit', times(1000, second), {}],
		['as the whole range', times(1001, second), { start: second, end: second }],
		['as the first second of a range', [...times(1001, second), second + 9], { start: second }],
		['as the last second of a range', [second - 9, ...times(1001, second)], { end: second }],
	])('is an error that names the second: %s', async (_case, all, range) => {
		const fault = await pagingFault(read(all, 1000, range));
		expect(fault).toBeInstanceOf(PagingError);
		expect(fault.message).toBe('There are more than 1,000 leads at 2026-02-03T08:00:00.000Z');
	});

	it('is an error too where they lie between two seconds', async () => {
		const fault = await pagingFault(read([...times(1000, second + 0.5), second - 20], 1000));
		expect(fault.message).toBe('There are more than 1,000 leads at 2026-02-03T08:00:00.000Z');
	});

	it('is an error also where each of two seconds alone fits, but not what lies between them', async () => {
		const fault = await pagingFault(
			read([...times(999, second), second + 0.5, ...times(999, second + 1)], 1000),
		);
		expect(fault.message).toBe('There are more than 1,000 leads at 2026-02-03T08:00:00.000Z');
	});

	it('is not what two full neighbours are', async () => {
		const { records } = await read([...times(999, second), ...times(999, second + 1)], 1000);
		expect(records).toHaveLength(1998);
	});

	it('says how many had been read', async () => {
		const reading = read([...times(5, second - 50), ...times(10, second)], 10);
		await expect(reading).rejects.toMatchObject({ recordsRead: 15 });
	});
});

describe('ranges', () => {
	const leads = leadsAt([1000, 1001, 1002, 1003, 1004, 1005]);

	it.each([
		['holds fewer than an answer', { start: 1000, end: 1003 }, 4],
		['is empty', { start: 2000, end: 2100 }, 0],
		['ends before it starts', { start: 1004, end: 1001 }, 0],
		['is one second', { start: 1002, end: 1002 }, 1],
	])('takes one request where it %s', async (_case, range, count) => {
		const server = new TimeServer({ leads, cap: 5, now: 1010 });
		const { records } = await readAll(server, 5, range);
		expect(records).toHaveLength(count);
		expect(server.requests).toEqual([[range.start, range.end]]);
	});

	it('never asks for anything outside of the given bounds', async () => {
		await fc.assert(
			fc.asyncProperty(wholeSeconds, bounds, async (times, range) => {
				const server = new TimeServer({ leads: leadsAt(thinnedBySecond(times, 4)), cap: 4, now: LAST + 3 });
				await readAll(server, 4, range);
				for (const [start = -Infinity, end = Infinity] of server.requests) {
					expect(start).toBeGreaterThanOrEqual(range.start ?? -Infinity);
					expect(end).toBeLessThanOrEqual(range.end ?? Infinity);
				}
			}),
		);
	});

	it.each([100, 300, 400, 700, 1500, 3000])(
		'reads what the server dates up to %i s later than this machine does',
		async (skew) => {
			const times = Array.from({ length: 40 }, (_, index) => 5000 + index * 100);
			const server = new TimeServer({
				leads: leadsAt(times),
				cap: 10,
				order: 'oldest',
				now: 5000 + 39 * 100 - skew,
			});
			const { records } = await readAll(server, 10);
			expect(records).toHaveLength(40);
		},
	);

	it('stops asking once the limit is reached', async () => {
		const server = new TimeServer({
			leads: leadsAt(Array.from({ length: 50 }, (_, index) => 1000 + index)),
			cap: 10,
			now: 1100,
		});
		const pages = (): AsyncIterable<IDataObject[]> =>
			timeWindows({
				fetch: server.fetch,
				recordId: idOf,
				timesOf: createdOf,
				cap: 10,
				now: () => 1100,
				noun: 'leads',
			});
		const { records, cutOff } = await readPages(pages, 10);
		expect(records).toHaveLength(10);
		expect(cutOff).toBe(true);
		expect(server.requests).toHaveLength(1);
	});
});
