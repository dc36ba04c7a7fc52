/** At most `limit` requests in any `windowMs` milliseconds. */
export interface RateLimit {
	limit: number;
	windowMs: number;
	/** The server never says how much is left: others who use the limit are noticed by rejections only. */
	isSilent?: boolean;
}

/** One rejection never takes more of our share than this leaves: what got through may have been little by chance. */
const DEEPEST_CUT = 0.6;

/** Where others may use a silent server's limit too, at most this part of what seems free is under way at once. */
const CAREFUL_PART = 1 / 4;

/** For so many windows after our requests filled the limit unrejected, nobody else is expected to use it. */
const WINDOWS_OF_TRUST = 3;

/** A share that was cut back stays so for this many windows; then it grows by 1, 2, 4 ... a window. */
const WINDOWS_BEFORE_RECOVERY = 2;

/**
 * Counts one rolling window exactly as the strictest server would see it: a request holds its slot from the moment
 * it is sent until one window after its answer arrived, so whatever the latency, the server never counts more.
 *
 * The share we may use can fall below the limit: when the server rejects (others use the same limit) and when its
 * headers say that less is left. It grows back slowly. All times are milliseconds of the caller's clock.
 */
export class RollingWindow {
	private inFlight = 0;

	/** All slots ever taken. */
	private taken = 0;

	/** When each held slot's answer arrived, oldest first. */
	private settledAt: number[] = [];

	/** What was left of the limit when the server last rejected a request, and when that was. */
	private cut = { share: Infinity, at: -Infinity };

	/** When our own requests last took all we may have. */
	private lastFullAt = -Infinity;

	/** Slots that others hold, by the server's own word, until a time. */
	private foreign = { slots: 0, until: 0 };

	constructor(readonly rateLimit: RateLimit) {}

	/** How many requests may hold a slot now. */
	allowed(now: number): number {
		const quietWindows = Math.floor((now - this.cut.at) / this.rateLimit.windowMs);
		const recovered = 2 ** Math.max(0, quietWindows - WINDOWS_BEFORE_RECOVERY) - 1;
		const share = Math.min(this.rateLimit.limit, this.cut.share + recovered);
		const foreignSlots = now < this.foreign.until ? this.foreign.slots : 0;
		return Math.max(1, share - foreignSlots);
	}

	used(now: number): number {
		this.forgetOpened(now);
		return this.inFlight + this.settledAt.length;
	}

	/**
	 * The earliest time at which a request may be sent if `ahead` others go first: `now` only if there is room. A slot
	 * whose answer has not arrived opens one window from now at the earliest, and so does one that is taken next.
	 */
	opensAt(now: number, ahead = 0): number {
		const used = this.used(now);
		const allowed = this.allowed(now);
		const place = used + ahead - allowed;
		if (place < 0) return now;
		if (used >= allowed) this.lastFullAt = now;
		const turns = place < used ? 0 : Math.floor((place - used) / allowed) + 1;
		const held = this.settledAt[place - turns * allowed] ?? now;
		const foreignOpensAt = now < this.foreign.until ? this.foreign.until : Infinity;
		return Math.min(held + (turns + 1) * this.rateLimit.windowMs, foreignOpensAt);
	}

	/**
	 * Whether one more request may be under way. Where the server is silent, all that are when its patience ends are
	 * rejected: until our own requests have filled the window, fewer go at once the nearer it is to full.
	 */
	mayTakeAnother(now: number): boolean {
		if (!this.rateLimit.isSilent) return true;
		const isTrusted = now - this.lastFullAt <= WINDOWS_OF_TRUST * this.rateLimit.windowMs;
		const free = this.allowed(now) - this.used(now);
		return isTrusted || this.inFlight < Math.max(1, free * CAREFUL_PART);
	}

	/** Whether more than the last cut left is being tried, so that a silent server's rejection can only be about that. */
	isProbing(now: number): boolean {
		const allowed = this.allowed(now);
		return this.rateLimit.isSilent === true && allowed > this.cut.share && allowed < this.rateLimit.limit;
	}

	hasRoom(now: number): boolean {
		return this.used(now) < this.allowed(now);
	}

	take(): void {
		this.inFlight++;
		this.taken++;
	}

	/** The answer arrived: the slot opens one window from now. */
	settle(now: number): void {
		this.inFlight--;
		this.settledAt.push(now);
	}

	/** The request was not counted by the server: its slot opens at once. */
	release(): void {
		this.inFlight--;
	}

	/** The server rejects our requests: what has got through in the last window is all we may have for a while. */
	cutBack(now: number): void {
		this.forgetOpened(now);
		const allowed = this.allowed(now);
		this.startAt(Math.min(allowed, Math.max(this.settledAt.length, Math.ceil(allowed * DEEPEST_CUT))), now);
	}

	/** Starts with a share of the limit, which then grows. */
	startAt(share: number, now: number): void {
		this.cut = { share: Math.max(1, share), at: now };
	}

	/** Counts, from `now` on, how many slots may have been held at once: what a server may count in its next answer. */
	tally(now: number): () => number {
		const held = this.used(now);
		const takenBefore = this.taken;
		return () => held + this.taken - takenBefore;
	}

	/**
	 * The server says how much is left of its window until `until`; this can only take slots away. Its answer has been
	 * on the way for a while, and slots may have opened since: `own` are ours that it may have counted.
	 */
	observe(limit: number, remaining: number, until: number, now: number, own: number): void {
		const unaccounted = Math.max(0, Math.min(limit, this.rateLimit.limit) - remaining - own);
		const known = now < this.foreign.until ? this.foreign.slots : 0;
		if (unaccounted > known) this.foreign = { slots: unaccounted, until };
	}

	private forgetOpened(now: number): void {
		const firstHeld = this.settledAt.findIndex((settledAt) => settledAt + this.rateLimit.windowMs > now);
		if (firstHeld === -1) this.settledAt = [];
		else if (firstHeld > 0) this.settledAt.splice(0, firstHeld);
	}
}
