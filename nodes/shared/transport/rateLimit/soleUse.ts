import type { RateLimit } from './rollingWindow';

/** Until it is known that nobody else uses a limit, at most this part of what seems free is under way at once, ... */
const CAREFUL_PART = 1 / 15;

/** ... but never so few that it would take more than this part of the window to use the limit up. */
const FILLING_PART = 1 / 20;

/** The first request goes alone; for each accepted one so many more may be under way, ... */
const GROWTH_OF_START = 2;

/** ... and where answers are slow, one more after each time of this length. */
const PATIENCE_MS = 250;

/** For so many windows after our requests filled the limit unrefused, nobody else is expected to use it. */
const WINDOWS_OF_TRUST = 3;

/** After so many windows without a request, whatever was known about others is forgotten. */
const WINDOWS_OF_MEMORY = 2;

/** A short job does not offer slots to newcomers. */
const WINDOWS_BEFORE_OFFERING = 8;

/** A moving mean over about so many answers. */
const ANSWERS_REMEMBERED = 8;

/**
 * A limit that nobody else is known to use. Every server might refuse all that is under way once it is full, so at first
 * only so much goes at once as is needed to use the limit up soon. All times are milliseconds.
 */
export class SoleUse {
	private lastUsedAt = -Infinity;

	/** When use began after a pause. */
	private startedAt = -Infinity;

	/** Since when nothing was refused. */
	private unrefusedSince = -Infinity;

	private refusedAt = -Infinity;

	/** When our requests last filled the limit. */
	private fullAt = -Infinity;

	private acceptedSinceStart = 0;

	/** How long answers take: a moving mean. */
	roundTripMs = 0;

	/** Whether the limit has not been used for so long that nothing is known about others. */
	isForgotten(now: number, windowMs: number): boolean {
		return now - this.lastUsedAt > WINDOWS_OF_MEMORY * windowMs;
	}

	/** A request is sent. */
	sent(now: number, windowMs: number): void {
		if (this.isForgotten(now, windowMs)) {
			this.startedAt = now;
			this.unrefusedSince = now;
			this.acceptedSinceStart = 0;
		}
		this.lastUsedAt = now;
	}

	/** A request was accepted. */
	accepted(sentAt: number, now: number): void {
		this.acceptedSinceStart++;
		const weight = this.roundTripMs === 0 ? 1 : 1 / ANSWERS_REMEMBERED;
		this.roundTripMs += (now - sentAt - this.roundTripMs) * weight;
	}

	/** All slots are held by our own requests. */
	filled(now: number): void {
		this.fullAt = now;
	}

	/**
	 * A request was refused although we had not used the limit up.
	 * @returns when that happened first: now, or a while ago if this is the second time in two windows
	 */
	refused(now: number, windowMs: number): number {
		const isFirst = now - this.refusedAt >= WINDOWS_OF_MEMORY * windowMs;
		const firstAt = isFirst ? now : this.refusedAt;
		this.refusedAt = now;
		this.fullAt = -Infinity;
		this.unrefusedSince = now;
		return firstAt;
	}

	/** How many requests may be under way at once while `free` slots seem free. */
	mayBeUnderWay({ limit, windowMs }: RateLimit, free: number, now: number): number {
		const isTrusted =
			now - this.fullAt <= WINDOWS_OF_TRUST * windowMs || now - this.unrefusedSince > windowMs;
		if (isTrusted) return Infinity;
		const needed = (limit * this.roundTripMs) / (windowMs * FILLING_PART);
		const careful = Math.max(free * CAREFUL_PART, needed);
		const growth = this.acceptedSinceStart * GROWTH_OF_START + (now - this.startedAt) / PATIENCE_MS;
		return Math.max(1, Math.min(careful, growth));
	}

	/** Whether our requests have used the limit to the full for a while, so that a newcomer would find nothing. */
	leavesNothing(now: number, windowMs: number): boolean {
		const isFull = now - this.fullAt < WINDOWS_OF_TRUST * windowMs;
		return isFull && now - this.startedAt > WINDOWS_BEFORE_OFFERING * windowMs;
	}
}
