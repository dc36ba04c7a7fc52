import { leadwire } from './clients.mts';
import { LEARNED, SHARED } from './rows.mts';
import { play, playJob } from './scenario.mts';

/** What our own limiter reaches on virtual time. `npm run simulate` prints it beside what other clients do. */
describe('processes that share a limit without talking', () => {
	it.each(SHARED)(
		'%s',
		async (_, scenario, target) => {
			const { share, rejected, fairness, longestWaitMs } = await play(leadwire, scenario);
			expect(share).toBeGreaterThanOrEqual(target.share);
			expect(rejected).toBeLessThanOrEqual(target.rejected);
			expect(fairness).toBeGreaterThanOrEqual(target.fairness ?? 0);
			expect(longestWaitMs).toBeLessThanOrEqual(target.longestWaitMs ?? Infinity);
		},
		30_000,
	);
});

describe('a limit that nobody stated', () => {
	it.each(LEARNED)(
		'%s',
		async (_, job, target) => {
			const { share, rejected } = await playJob(leadwire, job);
			expect(share).toBeGreaterThanOrEqual(target.share);
			expect(rejected).toBeLessThanOrEqual(target.rejected);
		},
		30_000,
	);

	it('costs no more than a limit that is stated, once it is learned', async () => {
		const job = { items: 1200, server: { limit: 60, windowMs: 6000 } };
		const learned = await playJob(leadwire, job);
		const stated = await playJob(leadwire, { ...job, isStated: true });
		expect(stated.rejected).toBe(0);
		expect(learned.lateShare).toBeGreaterThanOrEqual(stated.lateShare - 0.01);
	}, 30_000);
});
