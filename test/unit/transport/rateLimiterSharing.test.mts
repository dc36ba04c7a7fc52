import type { RateLimits } from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import { FakeClock } from '../support/fakeClock.mts';
import {
	ModelServer,
	retryAfterSeconds,
	type ModelBehaviour,
	type ModelLimit,
} from '../support/modelServer.mts';
import { execute, newAccount, sendingTo, urls } from './clients.mts';

interface Scene {
	/** What the server counts. */
	limits: ModelLimit[];
	/** What we know of it. */
	known: RateLimits;
	behaviour?: ModelBehaviour;
	executions?: number;
	count: number;
	/** How many requests each execution has under way. */
	atOnce?: number;
	seed?: number;
	/** Where in a fixed window it begins, in ms. */
	startsAfterMs?: number;
	/** Another client with the same key; it goes on until we have finished. */
	foreign?: (server: ModelServer, clock: FakeClock, hasEnded: () => boolean) => Promise<void>;
}

const FOREIGN = 'foreign';

/** Plays a scene: each execution sends its part. Gives what the server saw of us, and how long it took. */
async function play({
	limits,
	known,
	behaviour,
	executions = 1,
	count,
	atOnce = 5,
	seed = 1,
	startsAfterMs = 0,
	foreign,
}: Scene) {
	const clock = new FakeClock(seed);
	await clock.advance(startsAfterMs);
	const startedAt = clock.now();
	const server = new ModelServer(clock, limits, behaviour);
	const sending = sendingTo(server.http, newAccount(clock, known), clock);
	let hasEnded = false;
	void foreign?.(server, clock, () => hasEnded);
	const groups = Array.from({ length: executions }, (_, index) =>
		urls(count / executions, `execution${index}`),
	);
	await clock.run(Promise.all(groups.map(async (group) => await execute(group, atOnce, sending))));
	hasEnded = true;
	const ours = server.arrivals.filter(({ url }) => url !== FOREIGN);
	const accepted = ours.filter((arrival) => arrival.accepted);
	return {
		accepted: accepted.length,
		different: new Set(accepted.map(({ url }) => url)).size,
		rejected: ours.length - accepted.length,
		seconds: (clock.now() - startedAt) / 1000,
		longestGapMs: Math.max(...accepted.map(({ at }, index) => at - (accepted[index - 1]?.at ?? startedAt))),
	};
}

const SIXTY_IN_SIX_SECONDS = { limit: 60, windowMs: 6000 };
const silent = (): Record<string, string> => ({});

describe('a limit that nobody stated', () => {
	const cases = [1, 2].flatMap((executions) =>
		(['Retry-After', 'silence'] as const).map((answer) => ({ executions, answer })),
	);
	const phases = [0, 700, 1500, 2345, 3100, 4000, 4690, 5500];

	const sends300 = async (fixed: boolean, { executions, answer }: (typeof cases)[number]): Promise<void> => {
		for (const [index, startsAfterMs] of phases.entries()) {
			const { accepted, different, rejected } = await play({
				limits: [{ ...SIXTY_IN_SIX_SECONDS, fixed }],
				known: { general: [] },
				behaviour: { refusalHeaders: answer === 'silence' ? silent : retryAfterSeconds },
				executions,
				count: 300,
				seed: index,
				startsAfterMs,
			});
			expect({ startsAfterMs, accepted, different }).toEqual({
				startsAfterMs,
				accepted: 300,
				different: 300,
			});
			expect(rejected).toBeLessThanOrEqual(25);
		}
	};

	it.each(cases)(
		'is learned: 300 of $executions executions against 60 per rolling 6 s, refused with $answer',
		async (given) => {
			await sends300(false, given);
		},
	);

	it.each(cases)(
		'is learned: 300 of $executions executions against 60 per fixed 6 s, refused with $answer',
		async (given) => {
			await sends300(true, given);
		},
	);

	it('costs no more than half as much again as one that is stated, with Retry-After', async () => {
		const { seconds } = await play({ limits: [SIXTY_IN_SIX_SECONDS], known: { general: [] }, count: 300 });
		expect(seconds).toBeLessThanOrEqual(24 * 1.5);
	});

	it('is not learned from a rejection that came after a few requests', async () => {
		const clock = new FakeClock();
		const server = new ModelServer(clock, []);
		const account = newAccount(clock, { general: [] });
		let sent = 0;
		const moody = sendingTo(
			async (request) =>
				++sent === 5
					? { status: 429, headers: { 'retry-after': '1' }, body: '' }
					: await server.http(request),
			account,
			clock,
		);
		const startedAt = clock.now();
		await clock.run(execute(urls(300), 5, moody));
		expect(clock.now() - startedAt).toBeLessThan(1500 + (300 / 5) * 40);
	});
});

describe('a known limit that others use too', () => {
	const SIXTY_A_MINUTE = { limit: 60, windowMs: 60_000 };

	it.each([retryAfterSeconds, silent])(
		'a third of it taken: under 3 % are rejected and nobody starves',
		async (refusalHeaders) => {
			for (const seed of [1, 2, 3]) {
				const { accepted, rejected, seconds, longestGapMs } = await play({
					limits: [{ ...SIXTY_A_MINUTE, limit: 40 }],
					known: { general: [SIXTY_A_MINUTE] },
					behaviour: { refusalHeaders },
					count: 1000,
					seed,
				});
				expect(accepted).toBe(1000);
				expect(rejected / 1000).toBeLessThan(0.03);
				expect(longestGapMs).toBeLessThan(2 * 60_000);
				expect(seconds).toBeLessThanOrEqual(24 * 60 * 1.25);
			}
		},
	);

	it('a client that comes every three seconds is met halfway: under 3 % of ours are rejected', async () => {
		for (const seed of [1, 2, 3]) {
			const { accepted, rejected, longestGapMs } = await play({
				limits: [SIXTY_A_MINUTE],
				known: { general: [SIXTY_A_MINUTE] },
				count: 600,
				seed,
				foreign: async (server, clock, hasEnded) => {
					for (; !hasEnded(); await clock.sleep(3000)) server.arrive(FOREIGN);
				},
			});
			expect(accepted).toBe(600);
			expect(rejected / 600).toBeLessThan(0.03);
			expect(longestGapMs).toBeLessThan(2 * 60_000);
		}
	});
});

describe('what the server says about its limit', () => {
	const rateLimitHeaders: ModelBehaviour['answerHeaders'] = ({ limit, remaining, resetMs }) => ({
		'x-ratelimit-limit': String(limit),
		'x-ratelimit-remaining': String(remaining),
		'x-ratelimit-reset': String(Math.ceil(resetMs / 1000)),
	});

	it('can raise nothing: a higher limit in the headers changes nothing but a little care', async () => {
		const known = { general: [{ limit: 10, windowMs: 6000 }] };
		const scene = { limits: [SIXTY_IN_SIX_SECONDS], known, count: 100 };
		const told = await play({ ...scene, behaviour: { answerHeaders: rateLimitHeaders } });
		const untold = await play(scene);
		expect(told.seconds).toBeLessThanOrEqual(untold.seconds * 1.02);
		expect(told.seconds).toBeGreaterThanOrEqual(54);
	});

	it('is kept before the first rejection where it is lower than what is stated', async () => {
		const told = await play({
			limits: [{ limit: 20, windowMs: 6000, fixed: true }],
			known: { general: [SIXTY_IN_SIX_SECONDS] },
			count: 100,
			behaviour: { answerHeaders: rateLimitHeaders },
		});
		expect(told.rejected).toBe(0);
		expect(told.seconds).toBeLessThanOrEqual(5 * 6 + 3);
	});

	it('lowers: nothing is rejected although others took half of the window before', async () => {
		const scene = {
			limits: [SIXTY_IN_SIX_SECONDS],
			known: { general: [SIXTY_IN_SIX_SECONDS] },
			count: 120,
			atOnce: 1,
			foreign: async (server: ModelServer) => {
				for (let time = 0; time < 30; time++) server.arrive(FOREIGN);
			},
		};
		const told = await play({ ...scene, behaviour: { answerHeaders: rateLimitHeaders } });
		const untold = await play(scene);
		expect(told.rejected).toBe(0);
		expect(untold.rejected).toBeGreaterThan(0);
		// The last 30 start after 12 s and take 40 ms each. Resets come in whole seconds and are not heeded by all at once.
		expect(told.seconds).toBeLessThanOrEqual(12 + 30 * 0.04 + 2 * 1.3);
	});
});

describe('random rejections', () => {
	it.each([
		['a limit of 60 per 6 s that is always full', [SIXTY_IN_SIX_SECONDS]],
		['a limit of 600 per 6 s that is never reached', [{ limit: 600, windowMs: 6000 }]],
		['no limit', []],
	])('of 4 %% cost at most twice the pauses that the server asked for, under %s', async (_, limits) => {
		const scene = { limits, known: { general: limits }, count: 2000 };
		const calm = await play(scene);
		let seconds = 0;
		let rejected = 0;
		for (const seed of [1, 2, 3]) {
			const stormy = await play({
				...scene,
				behaviour: { spurious: 0.04, refusalHeaders: () => ({ 'retry-after': '1' }) },
				seed,
			});
			expect(stormy.accepted).toBe(2000);
			seconds += stormy.seconds / 3;
			rejected += stormy.rejected / 3;
		}
		expect(seconds).toBeLessThanOrEqual(calm.seconds + 2 * rejected);
	});
});
