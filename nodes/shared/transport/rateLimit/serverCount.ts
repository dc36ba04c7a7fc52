import type { Clock } from '../../clock';
import type { RateLimit } from './rollingWindow';

/** What a server's headers say about its window. */
export interface ServerWindow {
	/** Requests that the window may hold. */
	limit: number;
	/** Requests that it still has room for. */
	remaining: number;
	/** Milliseconds from now until the window is reset, or until its oldest request leaves it. */
	resetMs: number;
}

/** At most this part of what is left is under way at once: others take from it too. */
const CAREFUL_PART = 1 / 10;

/** So much of the limit is left alone while others use it, against requests that cross. */
const RESERVE = 1 / 100;

/** Servers round resets up to whole seconds, and clocks differ: two that are this near to each other may be the same. */
export const RESET_TOLERANCE_MS = 1500;

/** For so many windows after others were seen to use the limit, they are expected to. */
const WINDOWS_OF_OTHERS = 3;

/** Who waits for a reset comes back within this time after it, not all at once. */
const SPREAD_MS = 300;

/** The server's own count of its window, from its headers: the counter that all who use the account share. */
export class ServerCount {
	private window: (Omit<ServerWindow, 'resetMs'> & { resetAt: number; resumesAt: number }) | undefined;

	/** Whether others use the limit, by the last answer. */
	private isShared = false;

	/** When others were last seen to use the limit. */
	private sharedAt = -Infinity;

	constructor(private readonly clock: Clock) {}

	/** Whether the server tells. */
	get isTold(): boolean {
		return this.window !== undefined;
	}

	/** The server said what is left; `ownAtMost` of our own requests may be among those it counted. */
	told({ limit, remaining, resetMs }: ServerWindow, sentAt: number, now: number, ownAtMost: number): void {
		const resetAt = now + resetMs;
		const known = this.window;
		const isSame = known && sentAt < known.resetAt && resetAt <= known.resetAt + RESET_TOLERANCE_MS;
		this.window = isSame
			? { ...known, limit, remaining: Math.min(known.remaining, remaining) }
			: { limit, remaining, resetAt, resumesAt: resetAt + this.clock.random() * SPREAD_MS };
		this.isShared = limit - remaining > ownAtMost;
		if (this.isShared) this.sharedAt = now;
	}

	/**
	 * Whether the server counts nothing that we do not count ourselves, of a limit that is no lower than ours. Our own count
	 * is then the better one: it knows when each slot opens again, where a server's reset may stand for all of them.
	 */
	agreesWith({ limit, windowMs }: RateLimit, now: number): boolean {
		return (
			this.window !== undefined &&
			this.window.limit >= limit &&
			now - this.sharedAt > WINDOWS_OF_OTHERS * windowMs
		);
	}

	/** An answer said nothing: once the last word is outdated, the server is one that does not tell. */
	silent(now: number): void {
		if (this.window && now >= this.window.resetAt) this.window = undefined;
	}

	/** How many requests may be under way at once. */
	mayBeUnderWay(now: number): number {
		if (!this.window) return Infinity;
		const { limit, remaining, resetAt } = this.window;
		// After a reset one request goes first and brings the new count.
		if (now >= resetAt) return 1;
		const left = remaining - (this.isShared ? Math.ceil(limit * RESERVE) : 0);
		return left <= 0 ? 0 : Math.max(1, Math.floor(left * CAREFUL_PART));
	}

	/** When requests may be sent again: `now` if there is something left. */
	opensAt(now: number): number {
		if (!this.window || now >= this.window.resumesAt) return now;
		return this.mayBeUnderWay(now) === 0 || now >= this.window.resetAt ? this.window.resumesAt : now;
	}
}
