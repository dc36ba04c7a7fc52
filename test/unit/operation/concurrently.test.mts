import fc from 'fast-check';
import { concurrently } from '../../../nodes/shared/operation/concurrently.ts';
import { FakeClock } from '../support/fakeClock.mts';

interface Span {
	index: number;
	from: number;
	to: number;
}

interface Work {
	/** How long each index takes, in ms. */
	durations: number[];
	limit: number;
	keyOf?: (index: number) => string | undefined;
	isStopped?: (done: Span[]) => boolean;
}

/** Works on indexes that take their time, and keeps when each began and ended. */
async function workThrough({
	durations,
	limit,
	keyOf = () => undefined,
	isStopped = () => false,
}: Work): Promise<Span[]> {
	const clock = new FakeClock();
	const spans: Span[] = [];
	const work = async (index: number): Promise<void> => {
		const span = { index, from: clock.now(), to: Infinity };
		spans.push(span);
		await clock.sleep(durations[index]);
		span.to = clock.now();
	};
	const ended = (): Span[] => spans.filter(({ to }) => to < Infinity);
	await clock.run(
		concurrently(durations.length, { limit, keyOf, isStopped: () => isStopped(ended()) }, work),
	);
	return spans;
}

const items = fc.array(
	fc.record({ duration: fc.nat(20), key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }) }),
	{
		maxLength: 25,
	},
);
const limits = fc.integer({ min: 1, max: 6 });

describe('concurrently', () => {
	it('works on each index once, on no more than the limit at a time, and on one key in order without overlap', async () => {
		await fc.assert(
			fc.asyncProperty(items, limits, async (given, limit) => {
				const keyOf = (index: number): string | undefined => given[index].key;
				const spans = await workThrough({ durations: given.map(({ duration }) => duration), limit, keyOf });

				expect(spans.map(({ index }) => index).sort((one, other) => one - other)).toEqual(
					given.map((_, index) => index),
				);
				for (const { from } of spans) {
					const underWay = spans.filter((other) => other.from <= from && from < other.to);
					expect(underWay.length).toBeLessThanOrEqual(limit);
				}
				for (const key of ['a', 'b', 'c']) {
					const ofKey = spans.filter(({ index }) => keyOf(index) === key);
					expect(ofKey.map(({ index }) => index)).toEqual(
						ofKey.map(({ index }) => index).sort((one, other) => one - other),
					);
					ofKey.slice(1).forEach(({ from }, place) => expect(from).toBeGreaterThanOrEqual(ofKey[place].to));
				}
			}),
		);
	});

	it('never leaves a place free while an index could start', async () => {
		await fc.assert(
			fc.asyncProperty(items, limits, async (given, limit) => {
				const keyOf = (index: number): string | undefined => given[index].key;
				const spans = await workThrough({ durations: given.map(({ duration }) => duration), limit, keyOf });
				for (const { index, from } of spans) {
					const moments = spans.map((span) => span.from).filter((moment) => moment < from);
					for (const moment of moments) {
						const underWay = spans.filter((other) => other.from <= moment && moment < other.to);
						const isKeyBusy = underWay.some(
							(other) => keyOf(other.index) !== undefined && keyOf(other.index) === keyOf(index),
						);
						expect(
							isKeyBusy || underWay.length === limit || hasEarlierOfKey(spans, index, moment, keyOf),
						).toBe(true);
					}
				}
			}),
		);
	});

	it('goes on with other keys while one is busy', async () => {
		const spans = await workThrough({
			durations: [1000, 1, 1, 1, 1],
			limit: 2,
			keyOf: (index) => (index < 2 ? 'busy' : `free ${index}`),
		});
		expect(spans.map(({ index }) => index)).toEqual([0, 2, 3, 4, 1]);
	});

	it('starts nothing new once it is stopped, and resolves when what was under way has ended', async () => {
		await fc.assert(
			fc.asyncProperty(items, limits, fc.nat(10), async (given, limit, enough) => {
				const spans = await workThrough({
					durations: given.map(({ duration }) => duration + 1),
					limit,
					keyOf: (index) => given[index].key,
					isStopped: (done) => done.length >= enough,
				});
				expect(spans.every(({ to }) => to < Infinity)).toBe(true);
				const ends = spans.map(({ to }) => to).sort((one, other) => one - other);
				const stoppedAt = enough === 0 ? -Infinity : (ends[enough - 1] ?? Infinity);
				expect(spans.filter(({ from }) => from > stoppedAt)).toEqual([]);
				expect(spans.length).toBeLessThan(enough + limit + 1);
			}),
		);
	});

	it('does nothing for no items', async () => {
		expect(await workThrough({ durations: [], limit: 5 })).toEqual([]);
	});

	it.each([
		['without keys', () => undefined],
		['with one key', () => 'the same'],
		['with a key each', (index: number) => String(index)],
		['with a key for two', (index: number) => String(index >> 1)],
	])('takes 50,000 indexes %s in not many times the time of a plain loop', async (_case, keyOf) => {
		const done = new Uint8Array(50_000);
		const work = async (index: number): Promise<void> => void done[index]++;
		const plainly = async (): Promise<void> => {
			for (let index = 0; index < done.length; index++) await work(index);
		};
		const ours = async (): Promise<void> =>
			await concurrently(done.length, { limit: 5, keyOf, isStopped: () => false }, work);
		// The least of several rounds by turns: other work on the machine can only make a round slower.
		const least = [Infinity, Infinity];
		for (let round = 0; round < 4; round++)
			for (const [index, way] of [plainly, ours].entries()) {
				const startedAt = performance.now();
				await way();
				least[index] = Math.min(least[index], performance.now() - startedAt);
			}
		expect(done.every((times) => times === 8)).toBe(true);
		// What looked at every index for every index would take some thousand times as long.
		expect(least[1] / least[0]).toBeLessThan(150);
	});
});

/** Whether an index of the same key is still to come before this one. */
function hasEarlierOfKey(
	spans: Span[],
	index: number,
	moment: number,
	keyOf: (index: number) => string | undefined,
): boolean {
	return spans.some(
		(other) =>
			other.index < index &&
			keyOf(index) !== undefined &&
			keyOf(other.index) === keyOf(index) &&
			other.to > moment,
	);
}
