import fc from 'fast-check';
import type { HttpCall } from '../../../nodes/shared/transport/http.ts';
import { sendWithRetry } from '../../../nodes/shared/transport/retry.ts';
import type { RateLimit } from '../../../nodes/shared/transport/rateLimit/rollingWindow.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { bareLimiter, latency, limitedServer, limitsOf, rateLimit } from './rateLimiterScenery.mts';
import { arrivalTimes, execute, getRequest, newAccount, sendingTo, urls } from './clients.mts';

describe('never over the limit', () => {
	it('holds for any arrivals, latencies, losses and number of windows', async () => {
		const request = fc.record({
			gap: fc.integer({ min: 0, max: 400 }),
			isCall: fc.boolean(),
			isLost: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(rateLimit, { minLength: 1, maxLength: 3 }),
				fc.array(rateLimit, { maxLength: 2 }),
				fc.array(latency, { minLength: 1, maxLength: 10 }),
				fc.array(request, { minLength: 1, maxLength: 40 }),
				async (general, calls, latencies, requests) => {
					const clock = new FakeClock();
					const server = limitedServer(clock, general, calls, latencies);
					const account = newAccount(clock, { general, calls });
					const lost = new Set<string>();
					const http: HttpCall = async (sent) => {
						if (!sent.url.includes('lost') || lost.has(sent.url)) return await server.http(sent);
						lost.add(sent.url);
						await clock.sleep(50);
						throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
					};
					const clients = requests.map(async ({ gap, isCall, isLost }, index) => {
						await clock.sleep(gap * index);
						const url = `${isCall ? 'call' : 'get'}/${isLost ? 'lost' : 'sent'}/${index}`;
						await sendWithRetry(getRequest(url), {
							...sendingTo(http, account, clock),
							limits: limitsOf(url),
						});
					});
					await clock.run(Promise.all(clients));
					expect(server.rejected).toBe(0);
					expect(new Set(server.accepted).size).toBe(requests.length);
				},
			),
			{ numRuns: 150 },
		);
	});

	it('holds when far more than the limit is asked for at the same moment', async () => {
		const { clock, granted, enqueue } = bareLimiter([{ limit: 5, windowMs: 1000 }]);
		enqueue(...urls(40));
		await clock.advance(60_000);
		expect(granted).toHaveLength(5);
	});
});

describe('not far under the limit', () => {
	/** When the last of `count` requests can arrive if each slot opens one window and one round trip later. */
	function ideal(count: number, limits: RateLimit[], roundTripMs: number): number {
		const sentAt: number[] = [];
		for (let index = 0; index < count; index++) {
			const opened = limits.map(({ limit, windowMs }) =>
				index < limit ? 0 : sentAt[index - limit] + windowMs + roundTripMs,
			);
			sentAt.push(Math.max(...opened));
		}
		return sentAt[count - 1];
	}

	it('a saturated load takes at most 2 % longer than the limits and the latency ask for, once it has begun with care', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(rateLimit, { minLength: 1, maxLength: 3 }),
				fc.array(latency, { minLength: 1, maxLength: 10 }),
				fc.integer({ min: 1, max: 25 }),
				async (general, latencies, count) => {
					const clock = new FakeClock();
					const server = limitedServer(clock, general, [], latencies);
					const account = newAccount(clock, { general });
					await clock.run(execute(urls(count), count, sendingTo(server.http, account, clock)));
					const roundTripMs = Math.max(...latencies.map(({ before, after }) => before + after));
					const last = Math.max(...arrivalTimes(server));
					// The first request goes alone, and the first window is used up within a twentieth of its length.
					const beginningMs = roundTripMs + Math.max(...general.map(({ windowMs }) => windowMs)) / 20;
					expect(last).toBeLessThanOrEqual(
						ideal(count, general, roundTripMs) * 1.02 + beginningMs + roundTripMs,
					);
				},
			),
			{ numRuns: 50 },
		);
	});

	it.each([1, 2, 4])(
		'300 requests from %i executions against 60 per 6 s take 24 s and 2 %',
		async (executions) => {
			const clock = new FakeClock();
			const limit = { limit: 60, windowMs: 6000 };
			const server = limitedServer(clock, [limit], [], [{ before: 5, after: 5 }]);
			const sending = sendingTo(server.http, newAccount(clock, { general: [limit] }), clock);
			const groups = Array.from({ length: executions }, (_, index) =>
				urls(300 / executions, `group${index}`),
			);
			await clock.run(Promise.all(groups.map(async (group) => await execute(group, 5, sending))));
			expect(server.rejected).toBe(0);
			expect(Math.max(...arrivalTimes(server))).toBeLessThanOrEqual(24_000 * 1.02);
		},
	);

	it('40 calls at 5 per second take 7 s and 5 %, whatever the concurrency', async () => {
		const general: RateLimit[] = [];
		const calls = [{ limit: 5, windowMs: 1000 }];
		const clock = new FakeClock();
		const server = limitedServer(clock, general, calls, [{ before: 5, after: 5 }]);
		const sending = {
			...sendingTo(server.http, newAccount(clock, { general, calls }), clock),
			limits: ['general', 'calls'],
		};
		await clock.run(execute(urls(40, 'call'), 20, sending));
		expect(server.rejected).toBe(0);
		expect(Math.max(...arrivalTimes(server))).toBeLessThanOrEqual(7000 * 1.05);
	});
});
