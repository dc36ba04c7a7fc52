import fc from 'fast-check';
import {
	nextTicket,
	RateLimiter,
	type Permit,
} from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import type { RateLimit } from '../../../nodes/shared/transport/rateLimit/rollingWindow.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { ModelServer } from '../support/modelServer.mts';

/** Addresses that count towards `calls` too. */
export const CALLS = /call/;

/** Any limit that a few dozen requests can reach. */
export const rateLimit = fc.record({
	limit: fc.integer({ min: 1, max: 6 }),
	windowMs: fc.integer({ min: 1, max: 3000 }),
});

/** Any latency, short or long against a window. */
export const latency = fc.record({
	before: fc.integer({ min: 0, max: 900 }),
	after: fc.integer({ min: 0, max: 900 }),
});

/** A server with the limits that the limiter knows; `calls` apply to addresses with "call" in them. */
export function limitedServer(
	clock: FakeClock,
	general: RateLimit[],
	calls: RateLimit[],
	latencies = [{ before: 20, after: 20 }],
) {
	let sent = 0;
	return new ModelServer(clock, [...general, ...calls.map((limit) => ({ ...limit, urls: CALLS }))], {
		latency: () => latencies[sent++ % latencies.length],
	});
}

/** Which limits a request to the address counts towards. */
export function limitsOf(url: string): string[] {
	return CALLS.test(url) ? ['general', 'calls'] : ['general'];
}

/** A limiter alone, and requests to it that a test ends by hand. */
export function bareLimiter(general: RateLimit[], calls: RateLimit[] = []) {
	const clock = new FakeClock();
	const limiter = new RateLimiter({ general, calls }, clock);
	const granted: Array<{ name: string; at: number; permit: Permit }> = [];
	const ask = async (
		name: string,
		{ maxWaitMs = Infinity, signal }: { maxWaitMs?: number; signal?: AbortSignal } = {},
	) => {
		const permit = await limiter.acquire({ limits: limitsOf(name), ticket: nextTicket(), maxWaitMs, signal });
		granted.push({ name, at: clock.now(), permit });
		return permit;
	};
	/** Asks without waiting for the answer. */
	const enqueue = (...names: string[]) => {
		for (const name of names) void ask(name);
	};
	const grantedNames = () => granted.map(({ name }) => name);
	return { clock, limiter, granted, grantedNames, ask, enqueue };
}
