import { accountFor } from '../../../nodes/shared/transport/account.ts';
import { nextTicket } from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import { sendWithRetry } from '../../../nodes/shared/transport/retry.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { ModelServer } from '../support/modelServer.mts';
import { getRequest, newAccount, sendingTo, urls } from './clients.mts';

const HOUR_MS = 60 * 60 * 1000;

/** How much a limiter holds, as the size of what it would take to write it down. */
function sizeOf(value: unknown): number {
	const seen = new Set<unknown>();
	return JSON.stringify(value, (_, part: unknown) => {
		if (typeof part !== 'object' || part === null) return part;
		if (seen.has(part)) return undefined;
		seen.add(part);
		return part instanceof Map ? [...part] : part;
	}).length;
}

describe('over a long time', () => {
	it('a limiter holds no more after four hours of work than after one', async () => {
		const clock = new FakeClock();
		const limits = { general: [{ limit: 1000, windowMs: 60_000 }] };
		const { rateLimiter } = accountFor(['long time'], limits, clock);
		const work = async (hours: number): Promise<void> => {
			for (let times = 0; times < hours * 600; times++) {
				for (let request = 0; request < 60; request++) {
					const permit = await rateLimiter.acquire({
						limits: ['general'],
						ticket: nextTicket(),
						maxWaitMs: 0,
					});
					if (request === 3) permit.cancel();
					else permit.complete();
				}
				await clock.advance(6000);
			}
		};
		await work(1);
		const before = sizeOf(rateLimiter);
		await work(3);
		// What is remembered is cut to half once more than 20,000 requests are.
		expect(sizeOf(rateLimiter)).toBeLessThan(before * 1.5);
	}, 60_000);

	it('accounts that nobody uses are let go', async () => {
		const clock = new FakeClock();
		const limits = { general: [{ limit: 1, windowMs: 1000 }] };
		const before = Array.from({ length: 100 }, (_, index) =>
			accountFor(['idle', String(index)], limits, clock),
		);
		await clock.advance(3 * HOUR_MS);
		accountFor(['somebody else'], limits, clock);
		const after = Array.from({ length: 100 }, (_, index) =>
			accountFor(['idle', String(index)], limits, clock),
		);
		expect(after.filter((account) => before.includes(account))).toEqual([]);
	});
});

describe('a run that is stopped while it waits', () => {
	it('sends nothing more, and leaves the queue to others', async () => {
		const clock = new FakeClock();
		const limit = { limit: 10, windowMs: 60_000 };
		const server = new ModelServer(clock, [limit]);
		const account = newAccount(clock, { general: [limit] });
		const controller = new AbortController();
		const stopped = urls(50, 'stopped').map(
			async (url) =>
				await sendWithRetry(getRequest(url), {
					...sendingTo(server.http, account, clock),
					signal: controller.signal,
				}).then(
					() => 'sent',
					({ ending }: { ending: { outcome: string } }) => ending.outcome,
				),
		);
		await clock.advance(5000);
		const other = sendWithRetry(getRequest('other'), sendingTo(server.http, account, clock));
		controller.abort();
		const endings = await clock.run(Promise.all(stopped));
		expect(endings.filter((ending) => ending === 'sent')).toHaveLength(10);
		expect(endings.filter((ending) => ending === 'cancelled')).toHaveLength(40);
		await clock.run(other);
		expect(server.accepted.slice(10)).toEqual(['other']);
		await clock.runUntilIdle();
		expect(account.rateLimiter.isIdle(0)).toBe(true);
	});
});
