/** At most `limit` requests in any `windowMs` milliseconds. */
export interface RateLimit {
	/** Requests that any window may hold. */
	limit: number;
	/** Length of the window in ms. */
	windowMs: number;
}

/** One accepted request: when it was sent and when its answer came. The server counted it somewhere between. */
export interface Counted {
	/** In epoch ms. */
	sentAt: number;
	/** In epoch ms. */
	settledAt: number;
}

/** Accepted requests are remembered for this long at least, so that a limit that is learned or edited later knows them. */
const MEMORY_MS = 60 * 60 * 1000;

/** Of what is older than the window, no more than this many are remembered. */
const MEMORY_SIZE = 10_000;

/**
 * Counts one rolling window as the strictest server would see it: a request holds its slot from the moment it is sent
 * until one window after its answer arrived, so whatever the latency, the server never counts more.
 * All times are milliseconds of the caller's clock.
 */
export class RollingWindow {
	/** Requests sent and not yet answered. */
	inFlight = 0;

	/** Accepted requests, oldest answer first. */
	private counted: Counted[] = [];

	/** Where the window began at the last look: entries before it have left the window. */
	private start = 0;

	constructor(
		/** The length of the window; may be changed at any time. */
		public windowMs: number,
	) {}

	/** How many slots are held now, requests under way included. */
	used(now: number): number {
		return this.inFlight + this.counted.length - this.firstHeld(now);
	}

	/**
	 * The earliest time at which a request may be sent if `allowed` slots may be held and `ahead` others go first: `now`
	 * only if there is room. A slot whose answer has not arrived opens one window from now at the earliest, and so does
	 * one that is taken next.
	 * @param allowed at least 1
	 */
	opensAt(now: number, allowed: number, ahead = 0): number {
		const first = this.firstHeld(now);
		const used = this.inFlight + this.counted.length - first;
		const place = used + ahead - allowed;
		if (place < 0) return now;
		const rounds = place < used ? 0 : Math.floor((place - used) / allowed) + 1;
		const index = place - rounds * allowed;
		const settledAt = index < 0 ? now : (this.counted[first + index]?.settledAt ?? now);
		return settledAt + (rounds + 1) * this.windowMs;
	}

	/** When the oldest held slot opens; `undefined` if none is held or none has been answered. */
	oldestOpensAt(now: number): number | undefined {
		const oldest = this.counted[this.firstHeld(now)];
		return oldest && oldest.settledAt + this.windowMs;
	}

	/** Accepted requests whose answer came after `time`, oldest first. */
	since(time: number): Counted[] {
		return this.counted.slice(this.firstSettledAfter(time));
	}

	/** How many answers of accepted requests came after `time`. */
	countSince(time: number): number {
		return this.counted.length - this.firstSettledAfter(time);
	}

	/** A request is sent. */
	take(): void {
		this.inFlight++;
	}

	/** The request was accepted: its slot opens one window after `settledAt`, which may lie a little in the future. */
	settle(sentAt: number, settledAt: number): void {
		this.inFlight--;
		this.counted.splice(this.firstSettledAfter(settledAt), 0, { sentAt, settledAt });
		if (this.counted.length > 2 * MEMORY_SIZE) this.forget(settledAt);
	}

	/** The server did not count the request: its slot opens at once. */
	cancel(): void {
		this.inFlight--;
	}

	private forget(now: number): void {
		const outdated = Math.min(
			this.firstHeld(now),
			Math.max(this.firstSettledAfter(now - MEMORY_MS), this.counted.length - MEMORY_SIZE),
		);
		this.counted.splice(0, outdated);
		this.start = 0;
	}

	private firstHeld(now: number): number {
		const start = this.firstSettledAfter(now - this.windowMs, this.start);
		this.start = start;
		return start;
	}

	/** Times are looked up in order nearly always: a few steps from where the last look ended. */
	private firstSettledAfter(time: number, near = this.counted.length): number {
		let index = Math.min(near, this.counted.length);
		while (index > 0 && this.counted[index - 1].settledAt > time) index--;
		while (index < this.counted.length && this.counted[index].settledAt <= time) index++;
		return index;
	}
}
