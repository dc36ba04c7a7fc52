import fc from 'fast-check';
import {
	RateLimiter,
	nextTicket,
	WaitTooLongError,
} from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import { CancelledError } from '../../../nodes/shared/clock.ts';
import { sendWithRetry } from '../../../nodes/shared/transport/retry.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { bareLimiter, CALLS, latency, limitedServer, limitsOf, rateLimit } from './rateLimiterScenery.mts';
import { execute, getRequest, newAccount, sendingTo, urls } from './clients.mts';

describe('the queue', () => {
	it('serves those who need the same limits in the order in which they came', async () => {
		await fc.assert(
			fc.asyncProperty(
				rateLimit,
				rateLimit,
				fc.array(fc.boolean(), { maxLength: 40 }),
				async (general, calls, areCalls) => {
					const clock = new FakeClock();
					const server = limitedServer(clock, [general], [calls]);
					const account = newAccount(clock, { general: [general], calls: [calls] });
					const asked = areCalls.map((isCall, index) => `${isCall ? 'call' : 'get'}/${index}`);
					const sent = asked.map(async (url) => {
						await sendWithRetry(getRequest(url), {
							...sendingTo(server.http, account, clock),
							limits: limitsOf(url),
						});
					});
					await clock.run(Promise.all(sent));
					for (const isCall of [true, false]) {
						const ofKind = (url: string): boolean => CALLS.test(url) === isCall;
						expect(server.accepted.filter(ofKind)).toEqual(asked.filter(ofKind));
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it('lets a rejected request keep its place', async () => {
		const { clock, limiter, grantedNames, enqueue } = bareLimiter([{ limit: 1, windowMs: 1000 }]);
		const ticket = nextTicket();
		const first = await limiter.acquire({ limits: ['general'], ticket, maxWaitMs: Infinity });
		enqueue('second', 'third');
		first.throttled({ 'retry-after': '1' });
		const again = limiter.acquire({ limits: ['general'], ticket, maxWaitMs: Infinity });
		await clock.advance(5000);
		expect(grantedNames()).toEqual([]);
		(await clock.run(again)).complete();
		await clock.advance(1100);
		expect(grantedNames()).toEqual(['second']);
	});

	it('does not hold up requests behind one that waits for a limit of its own', async () => {
		const { clock, ask, granted, grantedNames, enqueue } = bareLimiter(
			[{ limit: 60, windowMs: 6000 }],
			[{ limit: 5, windowMs: 1000 }],
		);
		// Until a limit has been filled once, not all go at the same time.
		for (const name of urls(60, 'get')) (await ask(name)).complete();
		enqueue('get');
		await clock.advance(6001);
		granted.splice(0).pop()?.permit.cancel();
		const calls = urls(100, 'call');
		const others = urls(20, 'get');
		enqueue(...calls, ...others);
		await clock.advance(0);
		expect(grantedNames()).toEqual([calls[0], ...others]);
	});

	it('keeps both limits busy when calls and others share the general one', async () => {
		const general = [{ limit: 60, windowMs: 6000 }];
		const calls = [{ limit: 5, windowMs: 1000 }];
		const clock = new FakeClock();
		const server = limitedServer(clock, general, calls, [{ before: 5, after: 5 }]);
		const account = newAccount(clock, { general, calls });
		const sendAll = async (prefix: string, count: number): Promise<void> => {
			const sending = { ...sendingTo(server.http, account, clock), limits: limitsOf(prefix) };
			await execute(urls(count, prefix), count, sending);
		};
		await clock.run(Promise.all([sendAll('call', 60), sendAll('get', 60)]));
		expect(server.rejected).toBe(0);
		// The calls alone take 11 s; 120 requests take 6 s.
		const lastGet = Math.max(...server.arrivals.filter(({ url }) => !CALLS.test(url)).map(({ at }) => at));
		expect(lastGet - server.arrivals[0].at).toBeLessThanOrEqual(6000 * 1.02 + 10);
	});

	it('loses nobody when others cancel', async () => {
		await fc.assert(
			fc.asyncProperty(
				rateLimit,
				fc.array(fc.option(fc.integer({ min: 0, max: 5000 })), { maxLength: 30 }),
				async (limit, plans) => {
					const clock = new FakeClock();
					const server = limitedServer(clock, [limit], []);
					const account = newAccount(clock, { general: [limit] });
					const endings = plans.map(async (cancelAfterMs, index) => {
						const controller = new AbortController();
						if (cancelAfterMs !== null)
							void clock.sleep(cancelAfterMs).then(() => controller.abort(new CancelledError()));
						const sending = { ...sendingTo(server.http, account, clock), signal: controller.signal };
						return await sendWithRetry(getRequest(String(index)), sending).then(
							() => 'sent',
							() => 'cancelled',
						);
					});
					const ended = await clock.run(Promise.all(endings));
					const sent = ended.flatMap((ending, index) => (ending === 'sent' ? [String(index)] : []));
					expect(server.accepted).toEqual(sent);
					expect(plans.flatMap((plan, index) => (plan === null ? [ended[index]] : []))).not.toContain(
						'cancelled',
					);
					expect(server.rejected).toBe(0);
				},
			),
			{ numRuns: 60 },
		);
	});

	it('ends a wait at the moment it is cancelled', async () => {
		const { clock, ask } = bareLimiter([{ limit: 1, windowMs: 60_000 }]);
		(await ask('first')).complete();
		const controller = new AbortController();
		const waiting = ask('second', { signal: controller.signal });
		await clock.advance(10);
		controller.abort();
		await expect(waiting).rejects.toBeInstanceOf(CancelledError);
		await expect(ask('third', { signal: controller.signal })).rejects.toBeInstanceOf(CancelledError);
	});
});

describe('the longest wait allowed', () => {
	it('is refused at once where the wait is known, and the refusal names the wait', async () => {
		const { clock, ask } = bareLimiter([{ limit: 2, windowMs: 10_000 }]);
		(await ask('first')).complete();
		await clock.advance(3000);
		(await ask('second')).complete();
		const startedAt = clock.now();
		const refusal = await ask('third', { maxWaitMs: 6999 }).catch((error: unknown) => error);
		expect(refusal).toBeInstanceOf(WaitTooLongError);
		expect(refusal).toMatchObject({ waitMs: 7000 });
		expect(clock.now()).toBe(startedAt);
		const permit = await clock.run(ask('fourth', { maxWaitMs: 7000 }));
		expect(permit.waitedMs).toBe(7000);
	});

	it('counts those who are ahead', async () => {
		const { ask, enqueue } = bareLimiter([{ limit: 2, windowMs: 10_000 }]);
		for (const name of ['first', 'second']) (await ask(name)).complete();
		enqueue('third', 'fourth');
		await expect(ask('fifth', { maxWaitMs: 15_000 })).rejects.toMatchObject({ waitMs: 20_000 });
	});

	it('holds during the pause after a rejection', async () => {
		const { clock, ask } = bareLimiter([]);
		(await ask('first')).throttled({ 'retry-after': '30' });
		const startedAt = clock.now();
		await expect(ask('second', { maxWaitMs: 20_000 })).rejects.toMatchObject({ waitMs: expect.any(Number) });
		expect(clock.now()).toBe(startedAt);
	});

	it('is kept to the second where the wait depends on answers that have not come', async () => {
		const { clock, ask } = bareLimiter([{ limit: 1, windowMs: 1000 }]);
		await ask('first');
		const startedAt = clock.now();
		await expect(clock.run(ask('second', { maxWaitMs: 5000 }))).rejects.toBeInstanceOf(WaitTooLongError);
		expect(clock.now() - startedAt).toBeGreaterThanOrEqual(5000);
		expect(clock.now() - startedAt).toBeLessThanOrEqual(6000);
	});
});

describe('a permit', () => {
	it('tells which of its limits it waited for', async () => {
		const general = { limit: 60, windowMs: 6000 };
		const calls = { limit: 1, windowMs: 1000 };
		const { clock, ask, enqueue, granted } = bareLimiter([general], [calls]);
		(await ask('call')).complete();
		enqueue('call again', 'get');
		await clock.advance(1500);
		expect(granted.map(({ name, permit: { waitedFor } }) => [name, waitedFor])).toEqual([
			['call', undefined],
			['get', undefined],
			['call again', calls],
		]);
	});
});

describe('accounting', () => {
	it('leaks no slot: after any mix of endings the full rate is reached again', async () => {
		const ending = fc.constantFrom('settle', 'release', 'reject', 'cancel', 'refuse');
		await fc.assert(
			fc.asyncProperty(
				rateLimit,
				fc.array(fc.tuple(ending, latency), { maxLength: 30 }),
				async (limit, plans) => {
					const clock = new FakeClock();
					const limiter = new RateLimiter({ general: [limit] }, clock);
					const all = plans.map(async ([kind, { before, after }]) => {
						await clock.sleep(before);
						const controller = new AbortController();
						if (kind === 'cancel') void clock.sleep(after).then(() => controller.abort());
						const maxWaitMs = kind === 'refuse' ? 100 : Infinity;
						const waiting = limiter.acquire({
							limits: ['general'],
							ticket: nextTicket(),
							maxWaitMs,
							signal: controller.signal,
						});
						const permit = await waiting.catch(() => undefined);
						await clock.sleep(after);
						if (kind === 'release') permit?.cancel();
						else if (kind === 'reject') permit?.throttled({ 'retry-after': '1' });
						else permit?.complete();
					});
					await clock.run(Promise.all(all));
					// Long enough for a share that was cut to have grown back.
					await clock.advance(limit.windowMs * 20 + 60_000);
					expect(limiter.isIdle(limit.windowMs)).toBe(true);

					// The first may have to probe, and until the limit has been filled once not all go at the same time.
					const ask = async () =>
						await limiter.acquire({ limits: ['general'], ticket: nextTicket(), maxWaitMs: 0 });
					(await ask()).cancel();
					for (let count = 0; count < limit.limit; count++) (await ask()).complete();
					await expect(ask()).rejects.toBeInstanceOf(WaitTooLongError);
					await clock.advance(limit.windowMs + 1);
					const more = await Promise.allSettled(Array.from({ length: limit.limit + 1 }, ask));
					expect(more.map(({ status }) => status)).toEqual([
						...Array.from({ length: limit.limit }, () => 'fulfilled'),
						'rejected',
					]);
				},
			),
			{ numRuns: 150 },
		);
	});

	it('is idle once nobody has used it for so long, and not while somebody waits or sends', async () => {
		const { clock, limiter, ask } = bareLimiter([{ limit: 1, windowMs: 1000 }]);
		const permit = await ask('first');
		await clock.advance(10_000);
		expect(limiter.isIdle(5000)).toBe(false);
		permit.complete();
		expect(limiter.isIdle(5000)).toBe(false);
		await clock.advance(5000);
		expect(limiter.isIdle(5000)).toBe(true);
	});

	it('stops looking up when nobody waits any more', async () => {
		const { clock, ask } = bareLimiter([{ limit: 1, windowMs: 1000 }]);
		(await ask('first')).complete();
		(await clock.run(ask('second'))).complete();
		await clock.runUntilIdle();
		expect(clock.sleeping).toBe(0);
	});
});
