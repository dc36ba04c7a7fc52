import fc from 'fast-check';
import type { ClaimStore, KeyState } from '../../../nodes/shared/operation/claimStore.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { ProcessedData, type Latency } from '../support/processedData.mts';

jest.setTimeout(60_000);

type Module = typeof import('../../../nodes/shared/operation/claimStore.ts');

const NODE = 'workflow node';

/** The store as a process has it that has just started. */
function storeOf(database: ProcessedData, clock: FakeClock, latency?: Latency): ClaimStore {
	let loaded: Module | undefined;
	jest.isolateModules(() => {
		loaded = jest.requireActual<Module>('../../../nodes/shared/operation/claimStore.ts');
	});
	const helpers = database.helpers(NODE, async (ms) => await clock.sleep(ms), latency);
	return new (loaded as Module).ClaimStore(NODE, helpers, clock);
}

/** Some of the keys 0 to 29, each once. */
const keySets = fc.uniqueArray(fc.nat(29).map(String), { minLength: 1, maxLength: 12 });

function claimedIn(states: Array<Map<string, KeyState>>): string[] {
	return states.flatMap((each) => [...each].flatMap(([key, state]) => (state === 'claimed' ? [key] : [])));
}

describe('keys', () => {
	it('are claimed once, open until it is told how they ended, and then done', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		const claim = async (...keys: string[]) => Object.fromEntries(await clock.run(store.claim(keys)));

		expect(await claim('a', 'b')).toEqual({ a: 'claimed', b: 'claimed' });
		expect(await claim('a', 'c')).toEqual({ a: 'open', c: 'claimed' });
		await clock.run(store.finish(['a', 'c']));
		expect(await claim('a', 'b', 'c')).toEqual({ a: 'done', b: 'open', c: 'done' });
		// Looking at a key that is done leaves it done.
		expect(await claim('a')).toEqual({ a: 'done' });
	});

	it('may be claimed again once they were freed', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		await clock.run(store.claim(['a', 'b']));
		await clock.run(store.free(['a']));
		expect(Object.fromEntries(await clock.run(store.claim(['a', 'b'])))).toEqual({ a: 'claimed', b: 'open' });
	});

	it('survive a restart', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const before = storeOf(database, clock);
		await clock.run(before.claim(['a', 'b']));
		await clock.run(before.finish(['a']));
		const after = storeOf(database, clock);
		expect(Object.fromEntries(await clock.run(after.claim(['a', 'b'])))).toEqual({ a: 'done', b: 'open' });
	});

	it('take one entry each, and leave nothing else behind', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		const keys = Array.from({ length: 100 }, (_, index) => String(index));
		await clock.run(store.claim(keys));
		await clock.run(store.finish(keys));
		await clock.run(store.claim(keys));
		expect(database.entries(NODE)).toEqual(keys);
	});

	it('take few calls of the database, however many they are', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		await clock.run(store.claim(Array.from({ length: 1000 }, (_, index) => String(index))));
		expect(database.calls).toBe(3);
	});

	it('are kept up to 10,000 at least, the newest, also when it was never told how they ended', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		const all = Array.from({ length: 13_000 }, (_, index) => String(index));
		for (let first = 0; first < all.length; first += 1000)
			await clock.run(store.claim(all.slice(first, first + 1000)));
		expect(database.entries(NODE).length).toBeLessThanOrEqual(22_000);
		const states = await clock.run(store.claim(all.slice(-10_000)));
		expect(claimedIn([states])).toEqual([]);
		expect(database.entries(NODE)).not.toContain('0');
	});

	it('tell how far back they reach: as far as a day like this one lets them', async () => {
		const [database, clock] = [new ProcessedData(), new FakeClock()];
		const store = storeOf(database, clock);
		expect(store.reachMs).toBeUndefined();
		await clock.run(store.claim(Array.from({ length: 500 }, (_, index) => String(index))));
		expect(store.reachMs).toBe(20 * 24 * 60 * 60 * 1000);
	});
});

describe('two processes on one database', () => {
	/** Each reading or writing takes up to 8 ms, so that every way of overtaking comes up. */
	const latencyOf =
		(clock: FakeClock): Latency =>
		() =>
			Math.floor(clock.random() * 8);

	it('claim each key once, never both, whenever they ask and however their calls overtake each other', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer(), keySets, keySets, fc.nat(100), async (seed, ofOne, ofOther, laterMs) => {
				const [database, clock] = [new ProcessedData(), new FakeClock(seed)];
				const [one, other] = [0, 1].map(() => storeOf(database, clock, latencyOf(clock)));
				const states = await clock.run(
					Promise.all([one.claim(ofOne), clock.sleep(laterMs).then(async () => await other.claim(ofOther))]),
				);
				const claimed = claimedIn(states);
				expect(new Set(claimed).size).toBe(claimed.length);
				const all = [...new Set([...ofOne, ...ofOther])];
				expect(claimed.toSorted()).toEqual(all.toSorted());
				// None is lost: whoever asks next is told of all of them.
				const next = await clock.run(storeOf(database, clock).claim(all));
				expect(claimedIn([next])).toEqual([]);
			}),
			{ numRuns: 300 },
		);
	});

	it('keep what the other one claims, finishes and frees at the same moments: 20 runs each at once', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer(), async (seed) => {
				const [database, clock] = [new ProcessedData(), new FakeClock(seed)];
				const timesDone = new Map<string, number>();
				const stores = [0, 1].map(() => storeOf(database, clock, latencyOf(clock)));
				const run = async (store: ClaimStore, keys: string[], atMs: number): Promise<void> => {
					await clock.sleep(atMs);
					const claimed = claimedIn([await store.claim(keys)]);
					for (const key of claimed) timesDone.set(key, (timesDone.get(key) ?? 0) + 1);
					await clock.sleep(20);
					await store.finish(claimed);
				};
				await clock.run(
					Promise.all(
						Array.from({ length: 40 }, async (_, index) => {
							const keys = [0, 1, 2].map((key) => String((index >> 1) * 3 + key));
							await run(stores[index % 2], keys, Math.floor(clock.random() * 100));
						}),
					),
				);
				expect([...timesDone.values()].filter((times) => times > 1)).toEqual([]);
				const keys = Array.from({ length: 60 }, (_, index) => String(index));
				expect(claimedIn([await clock.run(storeOf(database, clock).claim(keys))])).toEqual([]);
			}),
			{ numRuns: 30 },
		);
	});
});

describe('a database that fails', () => {
	it('has claimed nothing that is sent', async () => {
		const clock = new FakeClock();
		const database = new ProcessedData();
		const store = storeOf(database, clock);
		const broken = { ...database.helpers(NODE, async () => {}) };
		broken.checkProcessedAndRecord = async () => {
			throw new Error('SQLITE_BUSY');
		};
		Object.assign(store, { helpers: broken });
		await expect(clock.run(store.claim(['a']))).rejects.toThrow('SQLITE_BUSY');
	});
});
