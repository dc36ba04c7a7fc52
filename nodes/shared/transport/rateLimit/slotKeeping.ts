import type { Clock } from '../../clock';

/** After a refused try the next one waits for this part of the window, times GROWTH for each refusal in a row. */
const FIRST_PAUSE = 1 / 4;
const GROWTH = 5;

/** Who holds fewer slots than this waits for a shorter time. */
const POOR_BELOW = 2;
const FIRST_PAUSE_OF_POOR = 1 / 10;

/** The longest pause between tries, in windows for each slot that is held: who has more looks for more less often. */
const LONGEST_PAUSE_PER_SLOT = 2;

/** The longest pause of all, in windows: soon after others came or went, and when nothing has changed for a while. */
const LONGEST_PAUSE_AFTER_CHANGE = 4;
const LONGEST_PAUSE = 24;
const WINDOWS_OF_CHANGE = 8;

/** At first, slots are tried for at four times the speed of the limit: whoever begins at the same time gets as many. */
const FILLING_PAUSE = 1 / 4;

/** Later, a won slot is followed by another try after this part of the window, and by the next in half of that. */
const PAUSE_AFTER_WIN = 1 / 8;

/** A try waits for this part of the window for a moment when none of our own slots is about to be used. */
const PATIENCE = 1 / 4;

/** With a lost slot goes this part of the rest: others are looking for slots, and who has many gives more. */
const GIVEN_PART = 1 / 8;

/**
 * Our share of a limit that others use too, while the server says nothing but yes or no (reservation ALOHA). A slot that
 * was won is kept: it is used again one window after its answer. A slot that was refused is lost. More are tried for, ever
 * more seldom while that fails. Among processes that all do so there is soon nothing left to be refused.
 * All times are milliseconds.
 */
export class SlotKeeping {
	/** Whether a request is under way that tries for one more slot. */
	isTrying = false;

	/** Refused tries in a row. */
	private failures = 0;

	/** As a part of the window; 0 while slots are taken at first. */
	private pauseAfterWin: number;

	/** When a slot was last won or lost, but for those won at first. */
	private changedAt = -Infinity;

	/**
	 * @param held slots that are ours; who begins with none takes what is free, fast, until the first is refused
	 * @param nextTryAt when one more may be tried for
	 */
	constructor(
		private readonly clock: Clock,
		public held: number,
		public nextTryAt: number,
	) {
		this.pauseAfterWin = held === 0 ? 0 : PAUSE_AFTER_WIN;
	}

	/**
	 * Whether one more slot may be tried for.
	 * @param isQuiet whether no slot of our own is about to be used: the try would only take that one's place
	 */
	mayTry(now: number, windowMs: number, isQuiet: boolean): boolean {
		if (this.isTrying || now < this.nextTryAt) return false;
		return isQuiet || now > this.nextTryAt + windowMs * PATIENCE;
	}

	/** A try ended without an answer to it. */
	cancelled(): void {
		this.isTrying = false;
	}

	/** A try was accepted. @param limit of all who share */
	won(now: number, windowMs: number, limit: number): void {
		const isFilling = this.pauseAfterWin === 0;
		this.isTrying = false;
		this.held++;
		this.failures = 0;
		if (!isFilling) this.changedAt = now;
		const pause = Math.max(FILLING_PAUSE / limit, this.pauseAfterWin);
		this.pauseAfterWin /= 2;
		this.nextTryAt = now + this.jittered(windowMs * pause);
	}

	/** A try was refused. */
	failed(now: number, windowMs: number): void {
		this.isTrying = false;
		this.failures++;
		this.pauseAfterWin = PAUSE_AFTER_WIN;
		const first = this.held < POOR_BELOW ? FIRST_PAUSE_OF_POOR : FIRST_PAUSE;
		const hasChanged = now - this.changedAt < WINDOWS_OF_CHANGE * windowMs;
		const longest = Math.min(
			hasChanged ? LONGEST_PAUSE_AFTER_CHANGE : LONGEST_PAUSE,
			Math.max(1, this.held * LONGEST_PAUSE_PER_SLOT),
		);
		this.nextTryAt = now + this.jittered(windowMs * Math.min(longest, first * GROWTH ** this.failures));
	}

	/**
	 * A request that used a kept slot was refused: the slot is lost.
	 * @param gives whether to leave more to others
	 * @param unused slots that were open and not used at that moment: if the server was full, they were lost before
	 */
	lost(now: number, windowMs: number, unused: number, gives: boolean): void {
		const isFirst = now - this.changedAt > 2 * windowMs;
		const given = gives && isFirst ? Math.floor(this.held * GIVEN_PART) : 0;
		this.held = Math.max(0, this.held - 1 - unused - given);
		this.changedAt = now;
		this.failures = 0;
		this.nextTryAt = now + this.jittered(windowMs * FIRST_PAUSE);
	}

	private jittered(ms: number): number {
		return ms * (0.5 + this.clock.random());
	}
}
