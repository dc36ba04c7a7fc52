import { z } from 'zod';
import type { Clock } from './clock.mts';

export const limitRuleSchema = z
	.object({
		/** All windows hold at once; none means unlimited. */
		windows: z
			.array(z.object({ limit: z.number().int().positive(), windowMs: z.number().positive() }).strict())
			.default([]),
		/** `fixed` windows start at multiples of their length since the epoch. */
		mode: z.enum(['rolling', 'fixed']).default('rolling'),
		countRejected: z.boolean().default(false),
		/** After a breach the key is refused for this long. */
		blockMs: z.number().nonnegative().default(0),
		retryAfter: z.enum(['none', 'seconds', 'http-date']).default('none'),
	})
	.strict();

export type LimitRule = z.output<typeof limitRuleSchema>;
export type RetryAfterStyle = LimitRule['retryAfter'];

export interface LimitUsage {
	limit: number;
	remaining: number;
	/** Clock ms: the end of a fixed window, or when the oldest request leaves a rolling one. */
	resetAt: number;
}

/** One window of one key: how many requests it holds of those it may, and how long the key has to wait (0: not at all). */
export interface LimitMeter {
	key: string;
	limit: number;
	windowMs: number;
	used: number;
	waitMs: number;
}

/**
 * One named rate limit, exact per key: a request is admitted when fewer than `limit` were counted in the half-open
 * window (now - window, now]. Windows and blocks are divided by `timeScale`.
 */
export class Limiter {
	/** Times (clock ms) of all accepted requests, in order, since the last clear. Kept even while nothing is limited. */
	accepted: number[] = [];
	rule: LimitRule;
	readonly #clock: Clock;
	readonly #timeScale: number;
	readonly #counted = new Map<string, number[]>();
	readonly #blockedUntil = new Map<string, number>();

	constructor(rule: LimitRule, clock: Clock, timeScale: number) {
		this.rule = rule;
		this.#clock = clock;
		this.#timeScale = timeScale;
	}

	clear(rule: LimitRule): void {
		this.rule = rule;
		this.forgetAccepted();
		this.#counted.clear();
		this.#blockedUntil.clear();
	}

	/** Empties the record of accepted requests; what counts against the windows stays. */
	forgetAccepted(): void {
		this.accepted = [];
	}

	/** Milliseconds until this key would be admitted; 0 means now. */
	waitMs(key: string): number {
		const now = this.#clock.now();
		const counted = this.#counted.get(key) ?? [];
		const openings = this.rule.windows.map(({ limit, windowMs }) => {
			const oldestThatFills = counted.at(-limit);
			if (oldestThatFills === undefined) return 0;
			const span = windowMs / this.#timeScale;
			const start = this.rule.mode === 'fixed' ? Math.floor(now / span) * span : oldestThatFills;
			return oldestThatFills >= start ? start + span : 0;
		});
		return Math.max(0, Math.max(this.#blockedUntil.get(key) ?? 0, ...openings) - now);
	}

	/** What the first window leaves this key, as a vendor tells in headers; undefined when nothing is limited. */
	usage(key: string): LimitUsage | undefined {
		const [window] = this.rule.windows;
		if (!window) return undefined;
		const now = this.#clock.now();
		const span = window.windowMs / this.#timeScale;
		const start = this.rule.mode === 'fixed' ? Math.floor(now / span) * span : now - span;
		const counted = (this.#counted.get(key) ?? []).filter((time) => time >= start);
		const resetAt = (this.rule.mode === 'fixed' ? start : (counted[0] ?? now)) + span;
		return { limit: window.limit, remaining: Math.max(0, window.limit - counted.length), resetAt };
	}

	/** How full each window of each key is now, where anything is; windows in the real ms that they take here. */
	meters(): LimitMeter[] {
		const now = this.#clock.now();
		return [...this.#counted].flatMap(([key, counted]) =>
			this.rule.windows.map(({ limit, windowMs }) => {
				const span = windowMs / this.#timeScale;
				const start = this.rule.mode === 'fixed' ? Math.floor(now / span) * span : now - span;
				const used = counted.filter((time) =>
					this.rule.mode === 'fixed' ? time >= start : time > start,
				).length;
				return { key, limit, windowMs: span, used, waitMs: this.waitMs(key) };
			}),
		);
	}

	accept(key: string): void {
		const now = this.#clock.now();
		this.accepted.push(now);
		this.#count(key, now);
	}

	reject(key: string): void {
		const now = this.#clock.now();
		if (this.rule.countRejected) this.#count(key, now);
		if (this.rule.blockMs > 0) this.#blockedUntil.set(key, now + this.rule.blockMs / this.#timeScale);
	}

	#count(key: string, now: number): void {
		const counted = this.#counted.get(key);
		if (counted) counted.push(now);
		else this.#counted.set(key, [now]);
	}

	/** The most requests accepted in any rolling window of so many real ms; by default the rule's first window. */
	peak(windowMs = (this.rule.windows[0]?.windowMs ?? 1000) / this.#timeScale): number {
		let first = 0;
		let peak = 0;
		this.accepted.forEach((time, last) => {
			while (this.accepted[first] + windowMs <= time) first++;
			peak = Math.max(peak, last - first + 1);
		});
		return peak;
	}
}

/**
 * Asks several limits about one request: it counts against all of them or, when any is full, is refused by all.
 * Returns what refused it longest, or undefined when it was admitted.
 */
export function admit(
	limiters: Limiter[],
	key: string,
): { waitMs: number; retryAfter: RetryAfterStyle } | undefined {
	const refusals = limiters
		.map((limiter) => ({ waitMs: limiter.waitMs(key), retryAfter: limiter.rule.retryAfter }))
		.filter(({ waitMs }) => waitMs > 0)
		.sort((a, b) => b.waitMs - a.waitMs);
	for (const limiter of limiters) {
		if (refusals.length > 0) limiter.reject(key);
		else limiter.accept(key);
	}
	return refusals[0];
}

/** The `retry-after` header for a wait, rounded up to whole seconds so that a client that obeys is never early. */
export function retryAfterHeader(
	style: RetryAfterStyle,
	waitMs: number,
	now: number,
): Record<string, string> {
	if (style === 'none') return {};
	if (style === 'seconds') return { 'retry-after': String(Math.ceil(waitMs / 1000)) };
	return { 'retry-after': new Date(Math.ceil((now + waitMs) / 1000) * 1000).toUTCString() };
}
