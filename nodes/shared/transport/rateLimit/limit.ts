import type { Clock } from '../../clock';
import { LimitLearning } from './limitLearning';
import { RollingWindow, type RateLimit } from './rollingWindow';
import { RESET_TOLERANCE_MS, ServerCount, type ServerWindow } from './serverCount';
import { SlotKeeping } from './slotKeeping';
import { SoleUse } from './soleUse';

/** What is counted of a limit that nobody stated, before anything is known about it. */
const UNKNOWN_WINDOW_MS = 60_000;

/** A limit that was learned is kept for so many of its windows before a shorter window is tried, and before more is. */
const WINDOWS_BEFORE_SHORTER = 4;
const WINDOWS_BEFORE_MORE = 12;

/** A window that was learned is proved when it was long enough this often. */
const PROOFS = 3;

/** Where we hold more than half of a limit, now and then a slot is left to newcomers for a while: this part of them, ... */
const OFFERED_PART = 1 / 40;

/** ... for up to this part of the window. */
const OFFERED_FOR = 1 / 10;

/** While the answer to a try is awaited, nothing is known about when the next slot opens: it is looked up this often. */
const UNKNOWN_WAIT_MS = 1000;

/** A try waits for a quiet moment: it is looked for this often. */
const LOOK_AGAIN_MS = 20;

/** What a refusal of the rate limit tells. */
export interface Refusal {
	/** When it arrived, in epoch ms. */
	now: number;
	/** Unless it may be a passing mood of the server. */
	isAboutUs: boolean;
	/** The server said that it would refuse until then at least. */
	closedUntil: number;
	/** What the server said about this very limit. */
	server?: ServerWindow;
}

/** One request that a limit has let go. Exactly one of its methods is to be called when it has ended. */
export interface Place {
	/** @param server what the server said about this very limit */
	accepted(now: number, server?: ServerWindow): void;
	/** The server never saw it, or refused it for another limit. */
	cancelled(): void;
	/** The server refused it for this limit. Gives whether the limit knows by itself now when to go on. */
	refused(refusal: Refusal): boolean;
}

/**
 * - `open`: nobody else is known to use the limit, or no limit is known
 * - `following`: the server's headers tell what is left
 * - `sharing`: others use the limit, and the server only refuses
 */
export type LimitState = 'open' | 'following' | 'sharing';

/** One limit of an account, and the way in which it is kept. All times are milliseconds of the caller's clock. */
export class Limit {
	private readonly window: RollingWindow;

	private readonly soleUse = new SoleUse();

	private readonly server: ServerCount;

	private readonly learning: LimitLearning;

	private sharing: SlotKeeping | undefined;

	/** What was learned about a limit that nobody stated, and when. */
	private learned:
		| (RateLimit & { at: number; proofs: number; provedAt: number; isRefined: boolean })
		| undefined;

	/** Requests ever sent. */
	private sent = 0;

	/** @param stated what is documented or stated by the user; `undefined` where nothing is */
	constructor(
		private stated: RateLimit | undefined,
		private readonly clock: Clock,
	) {
		this.window = new RollingWindow(stated?.windowMs ?? UNKNOWN_WINDOW_MS);
		this.server = new ServerCount(clock);
		this.learning = new LimitLearning(this.window);
	}

	/** In which way the limit is kept. */
	state(now: number): LimitState {
		if (this.server.isTold && !this.server.agreesWith(this.rateLimit, now)) return 'following';
		return this.sharing ? 'sharing' : 'open';
	}

	/** What is stated, or else learned; `limit` is Infinity where neither is. */
	get rateLimit(): RateLimit {
		return this.stated ?? this.learned ?? { limit: Infinity, windowMs: UNKNOWN_WINDOW_MS };
	}

	/** Changes what is stated; what has been used of it stays used. */
	update(stated: RateLimit | undefined): void {
		const { limit, windowMs } = this.rateLimit;
		this.stated = stated;
		const changed = this.rateLimit;
		if (changed.limit === limit && changed.windowMs === windowMs) return;
		this.window.windowMs = changed.windowMs;
		this.sharing = undefined;
	}

	/** The earliest time at which one more request may be sent after `ahead` others; `now` if at once. */
	opensAt(now: number, ahead: number): number {
		this.forgetOthers(now);
		const held = this.window.used(now) + ahead;
		if (held < this.allowed) return this.state(now) === 'following' ? this.server.opensAt(now) : now;
		const { sharing } = this;
		if (!sharing) {
			if (ahead === 0) this.soleUse.filled(now);
			return this.window.opensAt(now, this.allowed, ahead);
		}
		if (held === sharing.held && sharing.mayTry(now, this.window.windowMs, this.isQuiet(now))) return now;
		const tryAt = sharing.isTrying ? now + UNKNOWN_WAIT_MS : Math.max(sharing.nextTryAt, now + LOOK_AGAIN_MS);
		return sharing.held === 0 ? tryAt : Math.min(tryAt, this.window.opensAt(now, this.allowed, ahead));
	}

	/** Whether one more request may be under way now. */
	mayTakeAnother(now: number): boolean {
		const { inFlight } = this.window;
		// What was learned may be too short: one request goes first, in each of the next windows too.
		if (this.learned && this.learned.proofs < PROOFS && now >= this.learned.provedAt) return inFlight === 0;
		switch (this.state(now)) {
			case 'following':
				return inFlight < this.server.mayBeUnderWay(now);
			case 'sharing':
				return true;
			case 'open': {
				if (!this.stated) return true;
				const free = this.stated.limit - this.window.used(now);
				return inFlight < this.soleUse.mayBeUnderWay(this.stated, free, now);
			}
		}
	}

	/** How much of what we may have is used: 1 when it is all. */
	fullness(now: number): number {
		return this.window.used(now) / Math.max(1, this.allowed);
	}

	/** Whether the server's words can be about this limit. */
	canBeMeant({ resetMs }: ServerWindow): boolean {
		return !this.stated || resetMs <= this.stated.windowMs + RESET_TOLERANCE_MS;
	}

	/** How far the server's figure is from ours, as the logarithm of their ratio. */
	distanceTo({ limit }: ServerWindow): number {
		return Math.abs(Math.log(limit / Math.min(Number.MAX_SAFE_INTEGER, this.rateLimit.limit)));
	}

	/** A request is sent. */
	take(sentAt: number): Place {
		const { window, sharing, sent: sentBefore } = this;
		const heldBefore = window.used(sentAt);
		const isTry = sharing !== undefined && heldBefore >= sharing.held;
		if (isTry) sharing.isTrying = true;
		const unused = sharing ? Math.max(0, sharing.held - heldBefore - 1) : 0;
		this.soleUse.sent(sentAt, window.windowMs);
		window.take();
		this.sent++;
		const heard = (now: number, server: ServerWindow | undefined): void => {
			if (server) this.follow(server, sentAt, now, heldBefore + this.sent - sentBefore);
			else this.server.silent(now);
		};
		return {
			accepted: (now, server) => {
				window.settle(sentAt, now + this.offeredMs(now));
				this.soleUse.accepted(sentAt, now);
				if (isTry) sharing.won(now, window.windowMs, this.rateLimit.limit);
				if (this.stated && sharing && sharing.held >= this.stated.limit) this.sharing = undefined;
				this.confirm(sentAt, now);
				heard(now, server);
			},
			cancelled: () => {
				window.cancel();
				if (isTry) sharing.cancelled();
			},
			refused: (refusal) => {
				window.cancel();
				heard(refusal.now, refusal.server);
				if (this.server.isTold) return refusal.server?.remaining === 0;
				if (!sharing || sharing !== this.sharing) return this.refusedAlone(sentAt, refusal);
				if (isTry) sharing.failed(refusal.now, window.windowMs);
				else
					sharing.lost(
						refusal.now,
						window.windowMs,
						refusal.isAboutUs ? unused : 0,
						this.stated !== undefined,
					);
				return true;
			},
		};
	}

	private follow(server: ServerWindow, sentAt: number, now: number, ownAtMost: number): void {
		this.server.told(server, sentAt, now, ownAtMost);
		this.sharing = undefined;
		this.learned = undefined;
	}

	/** A refusal while no others were known to use the limit. */
	private refusedAlone(sentAt: number, { now, isAboutUs, closedUntil }: Refusal): boolean {
		const { windowMs } = this.window;
		const firstAt = this.soleUse.refused(now, windowMs);
		if (!this.stated) {
			this.learning.refused({ sentAt, settledAt: now, inFlight: this.window.inFlight }, closedUntil);
			return (isAboutUs || this.learned !== undefined) && this.learn(now);
		}
		if (!isAboutUs && firstAt === now && !this.sharing) return false;
		// All who find out at the same time begin again from nothing, at the same speed: so all get as much.
		this.sharing ??= isAboutUs
			? new SlotKeeping(this.clock, 0, this.window.oldestOpensAt(now) ?? firstAt + windowMs)
			: new SlotKeeping(this.clock, this.window.used(now), now);
		return true;
	}

	private learn(now: number): boolean {
		let learned = this.learning.learned();
		if (!learned) {
			// Nothing agrees with all that was seen: what was seen last counts.
			this.learning.forgetBefore(now - this.window.windowMs);
			learned = this.learning.learned();
		}
		if (!learned) return false;
		this.learned = { ...learned, at: now, proofs: 0, provedAt: now, isRefined: false };
		this.window.windowMs = learned.windowMs;
		this.sharing = undefined;
		return true;
	}

	/** A request was accepted: what was learned is long enough, and after a while more is tried. */
	private confirm(sentAt: number, now: number): void {
		const { learned } = this;
		if (!learned || sentAt < learned.at) return;
		if (learned.proofs < PROOFS && sentAt >= learned.provedAt) {
			learned.proofs++;
			learned.provedAt = now + learned.windowMs;
		}
		if (this.sharing || this.stated) return;
		const windows = (now - learned.at) / learned.windowMs;
		if (windows > WINDOWS_BEFORE_SHORTER && !learned.isRefined) {
			learned.isRefined = true;
			if (this.learning.refine(learned.windowMs)) this.learn(now);
		} else if (windows > WINDOWS_BEFORE_MORE) this.sharing = new SlotKeeping(this.clock, learned.limit, now);
	}

	/** How much longer a slot is left alone than it has to be. */
	private offeredMs(now: number): number {
		const { stated, sharing, clock } = this;
		if (!stated) return 0;
		const hasMost = sharing
			? sharing.held > stated.limit / 2
			: this.soleUse.leavesNothing(now, stated.windowMs);
		return hasMost && clock.random() < OFFERED_PART ? clock.random() * OFFERED_FOR * stated.windowMs : 0;
	}

	/** Whether no slot of our own is being used again, or will be before an answer could come. */
	private isQuiet(now: number): boolean {
		const opensAt = this.window.oldestOpensAt(now) ?? Infinity;
		return this.window.inFlight === 0 && opensAt > now + this.soleUse.roundTripMs;
	}

	/** How many slots we may hold. */
	private get allowed(): number {
		if (!this.sharing) return this.rateLimit.limit;
		return this.stated ? Math.min(this.stated.limit, this.sharing.held) : this.sharing.held;
	}

	private forgetOthers(now: number): void {
		if (!this.sharing || this.window.inFlight > 0) return;
		if (!this.soleUse.isForgotten(now, this.window.windowMs)) return;
		if (this.learned) this.learned.limit = Math.max(1, this.sharing.held);
		this.sharing = undefined;
	}
}
