import { CancelledError, type Clock } from '../../clock';
import { readRateLimitHeaders } from '../headers';
import { shownWait, type RequestLog } from '../requestLog';
import { Limit, type Place } from './limit';
import { RequestQueue, type Waiter } from './requestQueue';
import type { RateLimit } from './rollingWindow';
import type { ServerWindow } from './serverCount';

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
	/** The limit it waited for at first; `undefined` where it is not known. */
	waitedFor?: RateLimit;
	/** The server has counted the request, or may have. */
	complete(headers?: Record<string, string>): void;
	/** The server never saw the request. */
	cancel(): void;
	/** The server refused it for the rate limit. */
	throttled(headers: Record<string, string>): void;
}

/** A request that wants to be sent. */
export interface PermitRequest {
	/** Which limits the request counts towards. */
	limits: string[];
	/** Orders the queue; a request that was throttled comes back with its old ticket and so keeps its place. */
	ticket: number;
	/** The longest the request may wait from now, in milliseconds. */
	maxWaitMs: number;
	/** Ends the wait with CancelledError. */
	signal?: AbortSignal;
	/** Told once when the request has to wait, and what its answer teaches about a limit. */
	log?: RequestLog;
}

const SECOND_MS = 1000;

const BACKOFF_BASE_MS = 1000;
const BACKOFF_MAX_MS = 60_000;

/** A server's wait is never shortened; up to this part more keeps several processes from returning at once. */
const JITTER_ABOVE_SERVER_WAIT = 0.05;
const JITTER_MAX_MS = 500;

/** Who waits only because enough requests are under way is looked at again after this time, in case no answer comes. */
const LOOK_AGAIN_MS = 250;

/** While requests wait, the queue looks up at least this often; a sleep that nobody needs any more ends by then. */
const LONGEST_SLEEP_MS = 10_000;

let tickets = 0;

/** The next place in the queue. */
export function nextTicket(): number {
	return ++tickets;
}

/**
 * The one queue that all requests of one account pass, whatever node or execution they come from: first come, first
 * served, within every limit named. When the server names a wait, or refuses without a reason that is known, the whole
 * queue pauses; then one request goes first and the rest waits for its answer.
 */
export class RateLimiter {
	private readonly limits: Record<string, Limit[]> = {};

	private readonly queue = new RequestQueue();

	private inFlight = 0;

	private pausedUntil = 0;

	/** After a pause one request goes first; the rest waits for its answer. */
	private halfOpen: 'no' | 'due' | 'sent' = 'no';

	/** Counts pauses, to tell a request that was sent after the last one from one that was sent before. */
	private pauses = 0;

	/** Pauses without an accepted request between them. */
	private pausesInARow = 0;

	/** Refusals since the last request that was sent after one and accepted. */
	private refusals = 0;

	private lastRefusedAt = -Infinity;

	private wakeUpAt = Infinity;

	private lastUsedAt: number;

	constructor(
		limits: RateLimits,
		private readonly clock: Clock,
	) {
		this.updateLimits(limits);
		this.lastUsedAt = clock.now();
	}

	/** Changes the limits of the living queue: what has been used stays used. */
	updateLimits(limits: RateLimits): void {
		for (const [name, stated] of Object.entries(limits)) {
			const known = this.limits[name] ?? [];
			// A limit that nobody stated is one that has to be learned.
			const wanted: Array<RateLimit | undefined> = stated.length > 0 ? stated : [undefined];
			this.limits[name] = wanted.map((rateLimit, index) => {
				known[index]?.update(rateLimit);
				return known[index] ?? new Limit(rateLimit, this.clock);
			});
		}
	}

	/** Whether nobody has used it for `ms` milliseconds. */
	isIdle(ms: number): boolean {
		return this.inFlight === 0 && this.queue.isEmpty && this.clock.now() - this.lastUsedAt >= ms;
	}

	/**
	 * Waits for a place within all the limits named.
	 * @throws WaitTooLongError as soon as it is clear that the wait will be longer than `maxWaitMs`
	 * @throws CancelledError when the signal is aborted
	 */
	async acquire(request: PermitRequest): Promise<Permit> {
		if (request.signal?.aborted) throw new CancelledError();
		const permit = this.queue.join(request, this.clock.now());
		this.serve();
		return await permit;
	}

	/** Lets everybody go who may go now, refuses who would wait too long, and sleeps until the next may go. */
	private serve(): void {
		const now = this.clock.now();
		this.lastUsedAt = now;
		const ahead = new Map<Limit, number>();
		/** Limits of which enough requests are under way: nobody overtakes those who wait for that. */
		const busy = new Set<Limit>();
		let nextAt = Infinity;
		for (const waiter of this.queue.inOrder()) {
			const limits = this.limitsOf(waiter);
			const opensAt = Math.max(
				this.pausedUntil,
				...limits.map((limit) => limit.opensAt(now, ahead.get(limit) ?? 0)),
			);
			if (opensAt <= now) {
				for (const limit of limits) if (!limit.mayTakeAnother(now)) busy.add(limit);
				if (this.halfOpen !== 'sent' && !limits.some((limit) => busy.has(limit))) {
					this.grant(waiter, limits, now);
					continue;
				}
			}
			const waitMs = Math.max(opensAt, now) - waiter.enqueuedAt;
			if (waitMs > waiter.maxWaitMs) {
				waiter.refuse(new WaitTooLongError(waitMs));
				continue;
			}
			this.tellWait(waiter, limits, ahead, now);
			waiter.waitsFor ??= this.closedLimit(limits, ahead, now);
			for (const limit of this.placesTaken(limits, ahead, now)) ahead.set(limit, (ahead.get(limit) ?? 0) + 1);
			nextAt = Math.min(nextAt, opensAt > now ? opensAt : now + LOOK_AGAIN_MS);
		}
		if (!this.queue.isEmpty) this.wakeUp(nextAt);
	}

	private limitsOf({ limits }: PermitRequest): Limit[] {
		return limits.flatMap((name) => this.limits[name] ?? []);
	}

	/** Who waits for one limit leaves the slots of another to those behind; who waits for a pause keeps them all. */
	private placesTaken(limits: Limit[], ahead: Map<Limit, number>, now: number): Limit[] {
		const closed = limits.filter((limit) => limit.opensAt(now, ahead.get(limit) ?? 0) > now);
		return closed.length > 0 ? closed : limits;
	}

	/** Tells a request that has to wait for how long, as things stand, and for what. */
	private tellWait(waiter: Waiter, limits: Limit[], ahead: Map<Limit, number>, now: number): void {
		if (!waiter.log || waiter.isTold) return;
		waiter.isTold = true;
		const opensAt = (limit: Limit): number => limit.opensAt(now, ahead.get(limit) ?? 0);
		const latest = Math.max(...limits.map(opensAt));
		const last = limits.find((limit) => opensAt(limit) === latest);
		if (this.pausedUntil > now && this.pausedUntil >= latest)
			waiter.log(`waits about ${shownWait(this.pausedUntil - now)}, since the server refused a request`);
		else if (last && latest > now)
			waiter.log(`waits about ${shownWait(latest - now)} for ${this.described(waiter, last)}`);
		else waiter.log('waits for the answer to a request before it');
	}

	/** A limit as the log names it. */
	private described({ limits }: PermitRequest, limit: Limit): string {
		const name = limits.find((each) => this.limits[each]?.includes(limit)) ?? '';
		const { limit: requests, windowMs } = limit.rateLimit;
		const figure = Number.isFinite(requests) ? `${requests} in ${shownWait(windowMs)}` : 'not known yet';
		return `the rate limit "${name}" (${figure}, ${limit.state(this.clock.now())})`;
	}

	/** Of the limits that keep a request waiting, the one that opens last; `undefined` if none is known. */
	private closedLimit(limits: Limit[], ahead: Map<Limit, number>, now: number): RateLimit | undefined {
		const opensAt = (limit: Limit): number => limit.opensAt(now, ahead.get(limit) ?? 0);
		const [last] = limits
			.filter((limit) => Number.isFinite(limit.rateLimit.limit) && opensAt(limit) > now)
			.sort((one, other) => opensAt(other) - opensAt(one));
		return last?.rateLimit;
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

	private grant(waiter: Waiter, limits: Limit[], sentAt: number): void {
		if (this.halfOpen === 'due') this.halfOpen = 'sent';
		const places = new Map(limits.map((limit) => [limit, limit.take(sentAt)]));
		this.inFlight++;
		const pause = this.pauses;
		const end = (then: (now: number, sentAfterPause: boolean) => void): void => {
			this.inFlight--;
			const known = waiter.log ? limits.map((limit) => this.described(waiter, limit)) : [];
			then(this.clock.now(), pause === this.pauses);
			known.forEach((before, index) => {
				const now = this.described(waiter, limits[index]);
				if (now !== before) waiter.log?.(`has taught what is now ${now}`);
			});
			this.serve();
		};
		waiter.grant({
			waitedMs: sentAt - waiter.enqueuedAt,
			waitedFor: waiter.waitsFor,
			complete: (headers = {}) =>
				end((now, sentAfterPause) => {
					const told = this.toldLimit(limits, headers, now);
					for (const [limit, place] of places)
						place.accepted(now, told?.limit === limit ? told.server : undefined);
					this.noteAccepted(sentAt, sentAfterPause);
				}),
			cancel: () =>
				end((_now, sentAfterPause) => {
					for (const place of places.values()) place.cancelled();
					if (sentAfterPause && this.halfOpen === 'sent') this.halfOpen = 'due';
				}),
			throttled: (headers) =>
				end((now, sentAfterPause) => this.noteThrottled(places, headers, now, sentAfterPause)),
		});
	}

	private noteAccepted(sentAt: number, sentAfterPause: boolean): void {
		if (sentAfterPause && this.halfOpen === 'sent') this.halfOpen = 'no';
		if (sentAt < this.lastRefusedAt) return;
		this.refusals = 0;
		this.pausesInARow = 0;
	}

	private noteThrottled(
		places: Map<Limit, Place>,
		headers: Record<string, string>,
		now: number,
		sentAfterPause: boolean,
	): void {
		const limits = [...places.keys()];
		const told = this.toldLimit(limits, headers, now);
		const [fullest] = limits.sort((one, other) => other.fullness(now) - one.fullness(now));
		const blamed = told?.server.remaining === 0 ? told.limit : fullest;
		this.lastRefusedAt = now;
		// One refusal may be a passing mood of the server; a second before anything is accepted is about us.
		const isAboutUs = ++this.refusals > 1;
		const { retryAfterMs, resetMs, remaining } = readRateLimitHeaders(headers, now);
		const serverWaitMs = retryAfterMs ?? (remaining === 0 ? resetMs : undefined);
		// Waits come in whole seconds, rounded up.
		const closedUntil = now + (serverWaitMs ?? 0) - SECOND_MS;
		let isExplained = false;
		for (const [limit, place] of places) {
			const server = told?.limit === limit ? told.server : undefined;
			if (limit === blamed) isExplained = place.refused({ now, isAboutUs, closedUntil, server });
			else place.cancelled();
		}
		if (serverWaitMs !== undefined) {
			const jitterMs = Math.min(JITTER_MAX_MS, serverWaitMs * JITTER_ABOVE_SERVER_WAIT) * this.clock.random();
			this.pausedUntil = Math.max(this.pausedUntil, now + serverWaitMs + jitterMs);
		}
		if (!sentAfterPause) return;
		if (isExplained) {
			if (this.halfOpen === 'sent') this.halfOpen = 'no';
			return;
		}
		// "0 seconds" is no answer to how long.
		if (!serverWaitMs) this.pausedUntil = Math.max(this.pausedUntil, now + this.backoffMs());
		this.pauses++;
		this.pausesInARow++;
		this.halfOpen = 'due';
	}

	private backoffMs(): number {
		const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** this.pausesInARow);
		return ceiling * (0.5 + 0.5 * this.clock.random());
	}

	/** What the headers say, and the limit they speak of: the one whose figure is nearest to theirs. */
	private toldLimit(
		limits: Limit[],
		headers: Record<string, string>,
		now: number,
	): { limit: Limit; server: ServerWindow } | undefined {
		const { limit, remaining, resetMs } = readRateLimitHeaders(headers, now);
		if (limit === undefined || remaining === undefined || resetMs === undefined) return undefined;
		const server = { limit, remaining, resetMs };
		const [told] = limits
			.filter((each) => each.canBeMeant(server))
			.sort((one, other) => one.distanceTo(server) - other.distanceTo(server));
		return told && { limit: told, server };
	}
}
