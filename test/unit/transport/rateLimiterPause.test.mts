import fc from 'fast-check';
import type { Permit } from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import { bareLimiter } from './rateLimiterScenery.mts';

describe('one rejection', () => {
	it('pauses everybody until the time the server named and a little more, then lets one go first', async () => {
		const { clock, ask, enqueue, granted, grantedNames } = bareLimiter([]);
		const permit = await ask('first');
		permit.throttled({ 'retry-after': '7' });
		const rejectedAt = clock.now();
		enqueue('a', 'b', 'call');
		await clock.advance(6999);
		expect(grantedNames()).toEqual(['first']);
		await clock.advance(60_000);
		expect(grantedNames()).toEqual(['first', 'a']);
		expect(granted[1].at - rejectedAt).toBeGreaterThanOrEqual(7000);
		expect(granted[1].at - rejectedAt).toBeLessThanOrEqual(7500);
		granted[1].permit.complete();
		await clock.advance(0);
		expect(grantedNames()).toEqual(['first', 'a', 'b', 'call']);
	});

	it('is never answered earlier than any of the waits that were asked for', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						afterMs: fc.integer({ min: 0, max: 2000 }),
						retryAfter: fc.integer({ min: 1, max: 20 }),
					}),
					{
						minLength: 1,
						maxLength: 5,
					},
				),
				async (rejections) => {
					const { clock, ask, enqueue, granted } = bareLimiter([]);
					const permits = await Promise.all(rejections.map(async (_, index) => await ask(`early${index}`)));
					const startedAt = clock.now();
					rejections.forEach(({ afterMs, retryAfter }, index) => {
						void clock
							.sleep(afterMs)
							.then(() => permits[index].throttled({ 'retry-after': String(retryAfter) }));
					});
					await clock.advance(Math.min(...rejections.map(({ afterMs }) => afterMs)));
					enqueue('late');
					await clock.advance(60_000);
					const known = rejections.filter(
						({ afterMs }) => startedAt + afterMs <= granted[rejections.length].at,
					);
					const until = Math.max(...known.map(({ afterMs, retryAfter }) => afterMs + retryAfter * 1000));
					expect(granted[rejections.length].at - startedAt).toBeGreaterThanOrEqual(until);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('that comes late, while the probe is under way, is heeded when the probe is rejected without a word', async () => {
		const { clock, ask, enqueue, granted } = bareLimiter([]);
		const [early, late] = [await ask('early'), await ask('late')];
		early.throttled({ 'retry-after': '1' });
		enqueue('probe', 'next');
		await clock.advance(1500);
		late.throttled({ 'retry-after': '30' });
		const askedUntil = clock.now() + 30_000;
		granted[2].permit.throttled({});
		await clock.advance(60_000);
		expect(granted[3].at).toBeGreaterThanOrEqual(askedUntil);
	});

	it.each([
		['is rejected', (probe: Permit) => probe.throttled({ 'retry-after': '3' }), 3000],
		['never arrived', (probe: Permit) => probe.cancel(), 0],
	])('sends one more to probe when the first probe %s', async (_, end, pauseMs) => {
		const { clock, ask, enqueue, granted, grantedNames } = bareLimiter([]);
		(await ask('first')).throttled({ 'retry-after': '1' });
		enqueue('a', 'b', 'c');
		await clock.advance(2000);
		expect(grantedNames()).toEqual(['first', 'a']);
		const endedAt = clock.now();
		end(granted[1].permit);
		await clock.advance(60_000);
		expect(grantedNames()).toEqual(['first', 'a', 'b']);
		expect(granted[2].at - endedAt).toBeGreaterThanOrEqual(pauseMs);
	});

	it('without any word from the server is followed by waits that grow to a minute', async () => {
		const { clock, ask } = bareLimiter([]);
		const waits: number[] = [];
		(await ask('first')).throttled({});
		for (let time = 0; time < 10; time++) {
			const permit = await clock.run(ask('again'));
			waits.push(permit.waitedMs);
			permit.throttled({});
		}
		waits.forEach((wait, time) => {
			const ceiling = Math.min(60_000, 1000 * 2 ** time);
			expect(wait).toBeGreaterThanOrEqual(ceiling / 2);
			expect(wait).toBeLessThanOrEqual(ceiling);
		});
	});

	it('does not make the queue hammer a server that says "0 seconds"', async () => {
		const { clock, ask } = bareLimiter([]);
		const startedAt = clock.now();
		(await ask('first')).throttled({ 'retry-after': '0' });
		for (let time = 0; time < 5; time++) (await clock.run(ask('again'))).throttled({ 'retry-after': '0' });
		expect(clock.now() - startedAt).toBeGreaterThan(5000);
	});
});
