import { CancelledError, type Clock } from './clock';
import { readRateLimitHeaders } from './headers';
import { RollingWindow, type RateLimit } from './rollingWindow';
import { SendHistory } from './sendHistory';

/** The limits of one account by name, e.g. `{ general: [...], calls: [{ limit: 5, windowMs: 1000 }] }`. */
export type RateLimits = Record<string, RateLimit[]>;

/** Thrown when a request would have to wait longer than its caller allows. */
export class WaitTooLongError extends Error {
	/** @param waitMs how long it would have to wait at least, in milliseconds */
	constructor(readonly waitMs: number) {
		super('The wait for the rate limit would be longer than allowed');
	}
}

/** The right to send one request. Exactly one of its three methods is to be called when the request has ended. */
export interface Permit {
	/** How long the request waited for it, in milliseconds. */
	waitedMs: number;
	/** The server has counted the request, or may have. */
	settle(headers?: Record<string, string>): void;
	/** The server never saw the request. */
	release(): void;
	/** The server refused it for the rate limit. */
	reject(headers: Record<string, string>): void;
}

export interface PermitRequest {
	/** Which limits the request counts towards. */
	limits: string[];
	/** Orders the queue; a request that was rejected comes back with its old ticket and so keeps its place. */
	ticket: number;
	/** The longest the request may wait from now, in milliseconds. */
	maxWaitMs: number;
	signal?: AbortSignal;
}

interface Waiter extends PermitRequest {
	enqueuedAt: number;
	grant(permit: Permit): void;
	refuse(error: Error): void;
}

const BACKOFF_BASE_MS = 1000;
const BACKOFF_MAX_MS = 60_000;

/** A server's wait is never shortened; up to this part more keeps several processes from returning at once. */
const JITTER_ABOVE_SERVER_WAIT = 0.05;
const JITTER_MAX_MS = 500;

/** While requests wait, the queue looks up at least this often; a sleep that nobody needs any more ends by then. */
const LONGEST_SLEEP_MS = 10_000;

let tickets = 0;

/** The next place in the queue. */
export function nextTicket(): number {
	return ++tickets;
}

/**
 * The one queue that all requests of one account pass, whatever node or execution they come from: first come, first
 * served, within every limit named. After a rejection the whole queue pauses, for as long as the server asked or until
 * a slot of our own opens; then one request probes before the rest follows. A limit that nobody stated is learned
 * from the first rejection.
 */
export class Budget {
	private readonly windows: Record<string, RollingWindow[]>;

	private readonly histories: Record<string, SendHistory> = {};

	private waiters: Waiter[] = [];

	private inFlight = 0;

	private pausedUntil = 0;

	/** After a pause one request goes first; the rest waits for its answer. */
	private probe: 'none' | 'due' | 'sent' = 'none';

	/** Counts pauses, to tell a request that was sent after the last one from one that was sent before. */
	private pauses = 0;

	private rejectionsInARow = 0;

	/** Rejections of this pause, those included that were under way when it began. */
	private rejectionsOfPause = 0;

	/** Limits that nobody stated. */
	private readonly unstated = new Set<string>();

	private wakeUpAt = Infinity;

	private lastUsedAt: number;

	constructor(
		limits: RateLimits,
		private readonly clock: Clock,
	) {
		this.windows = Object.fromEntries(
			Object.entries(limits).map(([name, rateLimits]) => [
				name,
				rateLimits.map((rateLimit) => new RollingWindow(rateLimit)),
			]),
		);
		this.lastUsedAt = clock.now();
	}

	/** Whether nobody has used the budget for `ms` milliseconds. */
	isIdle(ms: number): boolean {
		return this.inFlight === 0 && this.waiters.length === 0 && this.clock.now() - this.lastUsedAt >= ms;
	}

	/**
	 * Waits for a place within all the limits named.
	 * @throws WaitTooLongError as soon as it is clear that the wait will be longer than `maxWaitMs`
	 * @throws CancelledError when the signal is aborted
	 */
	async acquire(request: PermitRequest): Promise<Permit> {
		if (request.signal?.aborted) throw new CancelledError();
		return await new Promise<Permit>((resolve, reject) => {
			const cancel = (): void => waiter.refuse(new CancelledError());
			const leave = (): void => {
				request.signal?.removeEventListener('abort', cancel);
				this.waiters = this.waiters.filter((other) => other !== waiter);
			};
			const waiter: Waiter = {
				...request,
				enqueuedAt: this.clock.now(),
				grant: (permit) => {
					leave();
					resolve(permit);
				},
				refuse: (error) => {
					leave();
					reject(error);
				},
			};
			request.signal?.addEventListener('abort', cancel);
			this.enqueue(waiter);
			this.serve();
		});
	}

	private enqueue(waiter: Waiter): void {
		const behind = this.waiters.findIndex((other) => other.ticket > waiter.ticket);
		if (behind === -1) this.waiters.push(waiter);
		else this.waiters.splice(behind, 0, waiter);
	}

	/** Lets everybody go who may go now, refuses who would wait too long, and sleeps until the next may go. */
	private serve(): void {
		const now = this.clock.now();
		this.lastUsedAt = now;
		const ahead: Record<string, number> = {};
		let nextAt = Infinity;
		for (const waiter of [...this.waiters]) {
			const opensAt = this.opensAt(waiter, ahead, now);
			if (opensAt <= now && this.probe !== 'sent' && this.mayTakeAnother(waiter, now)) {
				this.grant(waiter, now);
				continue;
			}
			if (opensAt - waiter.enqueuedAt > waiter.maxWaitMs) {
				waiter.refuse(new WaitTooLongError(opensAt - waiter.enqueuedAt));
				continue;
			}
			for (const name of this.placesTaken(waiter, ahead, now)) ahead[name] = (ahead[name] ?? 0) + 1;
			if (opensAt > now) nextAt = Math.min(nextAt, opensAt);
		}
		if (this.waiters.length > 0) this.wakeUp(nextAt);
	}

	private mayTakeAnother({ limits }: Waiter, now: number): boolean {
		return limits.every((name) => (this.windows[name] ?? []).every((window) => window.mayTakeAnother(now)));
	}

	private opensAt({ limits }: Waiter, ahead: Record<string, number>, now: number): number {
		return Math.max(this.pausedUntil, ...limits.map((name) => this.limitOpensAt(name, ahead, now)));
	}

	private limitOpensAt(name: string, ahead: Record<string, number>, now: number): number {
		return Math.max(
			now,
			...(this.windows[name] ?? []).map((window) => window.opensAt(now, ahead[name] ?? 0)),
		);
	}

	/** Who waits for one limit leaves the slots of another to those behind; who waits for a pause keeps them all. */
	private placesTaken({ limits }: Waiter, ahead: Record<string, number>, now: number): string[] {
		const closed = limits.filter((name) => this.limitOpensAt(name, ahead, now) > now);
		return closed.length > 0 ? closed : limits;
	}

	private wakeUp(at: number): void {
		const now = this.clock.now();
		const wakeUpAt = Math.min(at, now + LONGEST_SLEEP_MS);
		if (this.wakeUpAt > now && this.wakeUpAt <= wakeUpAt) return;
		this.wakeUpAt = wakeUpAt;
		void this.clock.sleep(wakeUpAt - now).then(() => {
			if (this.wakeUpAt === wakeUpAt) this.wakeUpAt = Infinity;
			this.serve();
		});
	}

	private grant(waiter: Waiter, sentAt: number): void {
		const { limits } = waiter;
		const windows = limits.flatMap((name) => this.windows[name] ?? []);
		if (this.probe === 'due') this.probe = 'sent';
		const tallies = new Map(windows.map((window) => [window, window.tally(sentAt)]));
		for (const window of windows) window.take();
		this.inFlight++;
		const pause = this.pauses;
		const end = (then: (now: number, sentAfterPause: boolean) => void): void => {
			this.inFlight--;
			then(this.clock.now(), pause === this.pauses);
			this.serve();
		};
		waiter.grant({
			waitedMs: sentAt - waiter.enqueuedAt,
			settle: (headers = {}) =>
				end((now, sentAfterPause) => {
					for (const window of windows) window.settle(now);
					for (const name of limits) this.historyOf(name).record(sentAt);
					if (sentAfterPause) this.noteProbeAccepted(limits, now);
					this.observe(tallies, headers, now);
				}),
			release: () =>
				end((_now, sentAfterPause) => {
					for (const window of windows) window.release();
					if (sentAfterPause && this.probe === 'sent') this.probe = 'due';
				}),
			reject: (headers) =>
				end((now, sentAfterPause) => {
					for (const window of windows) window.release();
					this.noteRejected(limits, sentAfterPause, headers, now);
				}),
		});
	}

	private historyOf(name: string): SendHistory {
		return (this.histories[name] ??= new SendHistory());
	}

	private noteProbeAccepted(limits: string[], now: number): void {
		if (this.probe !== 'sent') return;
		this.probe = 'none';
		const isAboutUs = this.rejectionsOfPause > 1;
		this.rejectionsInARow = 0;
		this.rejectionsOfPause = 0;
		for (const name of limits) {
			if ((this.windows[name] ?? []).length === 0) this.unstated.add(name);
			if (this.unstated.has(name) && isAboutUs) this.learn(name, now);
			this.historyOf(name).restart(now);
		}
	}

	private learn(name: string, now: number): void {
		const history = this.historyOf(name);
		const learned = history.learnedLimit(now);
		if (!learned) return;
		// What was learned is where we start; like any share that was cut, it may grow.
		const window = new RollingWindow({ limit: Infinity, windowMs: learned.windowMs });
		for (const sentAt of history.since(now - learned.windowMs)) {
			window.take();
			window.settle(sentAt);
		}
		window.startAt(learned.limit, now);
		this.windows[name] = [window];
	}

	private noteRejected(
		limits: string[],
		sentAfterPause: boolean,
		headers: Record<string, string>,
		now: number,
	): void {
		const { retryAfterMs, resetMs, remaining } = readRateLimitHeaders(headers, now);
		const serverWaitMs = retryAfterMs ?? (remaining === 0 ? resetMs : undefined);
		if (serverWaitMs !== undefined) {
			const jitterMs = Math.min(JITTER_MAX_MS, serverWaitMs * JITTER_ABOVE_SERVER_WAIT) * this.clock.random();
			this.pausedUntil = Math.max(this.pausedUntil, now + serverWaitMs + jitterMs);
		}
		const fullest = this.fullestWindow(limits, now);
		// One rejection may be a passing mood of the server; a second before anything is accepted is about us.
		if (++this.rejectionsOfPause === 2 || fullest?.isProbing(now)) fullest?.cutBack(now);
		if (!sentAfterPause) return;

		this.pauses++;
		this.probe = 'due';
		this.rejectionsInARow++;
		if (this.rejectionsInARow > 2) fullest?.cutBack(now);
		const waitsForOwnSlot = fullest !== undefined && !fullest.hasRoom(now);
		// "0 seconds" is no answer to how long.
		if (!serverWaitMs && !waitsForOwnSlot)
			this.pausedUntil = Math.max(this.pausedUntil, now + this.backoffMs());
	}

	private fullestWindow(limits: string[], now: number): RollingWindow | undefined {
		const fullness = (window: RollingWindow): number => window.used(now) / window.allowed(now);
		return limits
			.flatMap((name) => this.windows[name] ?? [])
			.sort((one, other) => fullness(other) - fullness(one))[0];
	}

	private backoffMs(): number {
		const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (this.rejectionsInARow - 1));
		return ceiling * (0.5 + 0.5 * this.clock.random());
	}

	/** The server's own count of the window that its headers speak of: the one whose limit is nearest to theirs. */
	private observe(
		tallies: Map<RollingWindow, () => number>,
		headers: Record<string, string>,
		now: number,
	): void {
		const { limit, remaining, resetMs } = readRateLimitHeaders(headers, now);
		if (limit === undefined || remaining === undefined || resetMs === undefined) return;
		const distance = (window: RollingWindow): number => Math.abs(window.rateLimit.limit - limit);
		const [told] = Array.from(tallies)
			.filter(([{ rateLimit }]) => rateLimit.limit !== Infinity && resetMs <= rateLimit.windowMs)
			.sort(([one], [other]) => distance(one) - distance(other));
		if (!told) return;
		const [window, ownSince] = told;
		window.observe(limit, remaining, now + resetMs, now, ownSince());
	}
}
