import { startSandbox } from '../../../sandbox/server.mts';
import { sparaApi } from './api.mts';
import { ManualClock } from './manual-clock.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
let api: ReturnType<typeof sparaApi>;
let clock: ManualClock;

beforeEach(async () => {
	clock = new ManualClock();
	started = await startSandbox({ port: 0, clock });
	api = sparaApi(started.url);
});
afterEach(async () => {
	await api.close();
	await started.close();
});

const spara = () => started.sandbox.spara;
const search = async (query: Record<string, string | number> = {}) =>
	await api.send('GET', `/leads/search?${new URLSearchParams(query as Record<string, string>)}`);
const ids = async (query: Record<string, string | number> = {}) =>
	(await search(query)).json.data.map(({ id }: { id: string }) => id) as string[];
const createAt = async (epochMs: number, email = 'ada@example.com') => {
	clock.advance(epochMs - clock.now());
	return (await api.send('POST', '/leads', { email })).json.id as string;
};
const second = Date.UTC(2026, 6, 1) / 1000;

describe('by time', () => {
	it('is inclusive on both ends, against times with their fractions of a second', async () => {
		const [sharp, half, next] = [
			await createAt(second * 1000),
			await createAt(second * 1000 + 500),
			await createAt(second * 1000 + 1000),
		];
		expect(await ids({ start: second, end: second })).toEqual([sharp]);
		expect(await ids({ start: second + 1, end: second + 1 })).toEqual([next]);
		expect(await ids({ start: second, end: second + 1 })).toEqual([next, half, sharp]);
		expect((await search({ start: second, end: second + 1 })).json.data[1].created_at).toBe(
			'2026-07-01T00:00:00Z',
		);
	});

	it('filters the time of creation, or of the last update when switched', async () => {
		const id = await createAt(second * 1000);
		clock.advance(60_000);
		await api.send('PATCH', `/leads/${id}`, { first_name: 'Ada' });
		expect(await ids({ start: second + 60 })).toEqual([]);
		spara().configure({ filterField: 'updated_at' });
		expect(await ids({ start: second + 60 })).toEqual([id]);
		const later = await createAt((second + 120) * 1000);
		expect(await ids({ start: second + 60 })).toEqual([later, id]);
		clock.advance(60_000);
		await api.send('PATCH', `/leads/${id}`, { first_name: 'Augusta' });
		expect(await ids({ start: second + 60 })).toEqual([id, later]);
		expect(await ids({ start: second + 60, end: second + 120 })).toEqual([later]);
		expect(await ids({ start: second, end: second + 59 })).toEqual([]);
	});

	it('finds nothing when start is after end', async () => {
		await createAt(second * 1000);
		expect(await ids({ start: second + 1, end: second })).toEqual([]);
	});

	it.each(['start=1.5', 'end=yesterday', 'start=', 'start=1&start=2', 'end=1e9', 'since=5', 'email='])(
		'refuses %s',
		async (query) => {
			expect((await api.send('GET', `/leads/search?${query}`)).status).toBe(400);
		},
	);
});

describe('by email', () => {
	it('matches the whole address in any case, every lead that has it', async () => {
		const both = [
			await createAt(second * 1000, 'Ada+x@Example.com'),
			await createAt(second * 1000, 'ada+X@example.com'),
		];
		expect((await ids({ email: 'ADA+X@example.com' })).sort()).toEqual(both.sort());
		expect(await ids({ email: 'ada' })).toEqual([]);
	});

	it('and time together', async () => {
		const [first] = [await createAt(second * 1000), await createAt((second + 10) * 1000)];
		expect(await ids({ email: 'ada@example.com', end: second + 9 })).toEqual([first]);
	});
});

describe('the cap', () => {
	beforeEach(() => {
		spara().seedLeads({ count: 1500, from: second, to: second + 86_400 });
	});
	const period = { start: second, end: second + 86_400 };
	const times = async () =>
		(await search(period)).json.data.map(({ created_at: at }: { created_at: string }) => at) as string[];

	it('gives 1,000 leads and no sign that there are more', async () => {
		const { json } = await search(period);
		expect(Object.keys(json)).toEqual(['object', 'data']);
		expect(json.data).toHaveLength(1000);
	});

	it('lets the newest survive, the oldest, or any', async () => {
		const newest = await times();
		expect(newest).toEqual([...newest].sort().reverse());
		spara().configure({ sortOrder: 'oldest' });
		const oldest = await times();
		expect(oldest).toEqual([...oldest].sort());
		expect([newest[0] > oldest[999], oldest[0] < newest[999]]).toEqual([true, true]);
		spara().configure({ sortOrder: 'shuffled' });
		const [shuffled, again] = [await ids(period), await ids(period)];
		expect(new Set(shuffled).size).toBe(1000);
		expect(again).not.toEqual(shuffled);
	});

	it('holds for a search without parameters', async () => {
		expect(await ids()).toHaveLength(1000);
	});
});

describe('data', () => {
	it('is the same for the same seed, and shows some numbers and booleans as strings', async () => {
		const first = (await search()).json.data;
		spara().reset();
		expect((await search()).json.data).toEqual(first);
		expect(first).toHaveLength(25);
		const types = () =>
			new Set(
				spara()
					.leads()
					.map(({ data }) => typeof data.num_employees),
			);
		expect(types()).toEqual(new Set(['number', 'string']));
		spara().configure({ textValues: 'all' });
		expect(types()).toEqual(new Set(['string']));
		spara().configure({ textValues: 'none' });
		expect(types()).toEqual(new Set(['number']));
	});

	it.each(['uniform', 'daily', 'bursts'] as const)(
		'seeds 20,000 leads in a %s pattern inside the period',
		async (pattern) => {
			const period = { from: second, to: second + 30 * 86_400 };
			const seeded = new Set(spara().seedLeads({ count: 20_000, ...period, pattern, sameSecond: 300 }));
			const times = spara()
				.leads()
				.filter(({ id }) => seeded.has(id))
				.map(({ created_at: at }) => Date.parse(at) / 1000);
			expect(times).toHaveLength(20_000);
			expect(times.every((time) => time >= period.from && time <= period.to)).toBe(true);
			const middle = second + 15 * 86_400;
			expect((await ids({ start: middle, end: middle })).length).toBeGreaterThanOrEqual(300);
			expect(busiestShare(times)).toBeGreaterThan({ uniform: 0, daily: 0.06, bursts: 0.2 }[pattern]);
		},
	);

	const busiestShare = (times: number[]) => {
		const perHour = new Map<number, number>();
		for (const time of times)
			perHour.set(Math.floor(time / 3600) % 24, (perHour.get(Math.floor(time / 3600) % 24) ?? 0) + 1);
		return Math.max(...perHour.values()) / times.length;
	};
});
