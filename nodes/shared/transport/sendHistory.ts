import type { RateLimit } from './rollingWindow';

/** A limit that nobody stated is learned from what got through in this time before it was first hit. */
const LEARNING_MS = 60_000;

/** From fewer requests than this nothing is learned: the rejection was not about us. */
const LEARNING_MINIMUM = 10;

/** Enough for any limit worth learning; the memory stays small however fast a vendor is. */
const REMEMBERED = 10_000;

/** When the last accepted requests were sent, oldest first; the source of a limit that has to be learned. */
export class SendHistory {
	private sentAt: number[] = [];

	private restartedAt = 0;

	/** A pause ended: what got through before says nothing about what gets through until the next. */
	restart(now: number): void {
		this.restartedAt = now;
	}

	record(sentAt: number): void {
		this.sentAt.push(sentAt);
		if (this.sentAt.length > REMEMBERED) this.sentAt.shift();
	}

	since(time: number): number[] {
		return this.sentAt.filter((sentAt) => sentAt > time);
	}

	/**
	 * To be asked when the first request after a pause was accepted, at `now`: what had got through before it is what
	 * the server allows, and the time from the first of those until now is a window in which it allows that.
	 */
	learnedLimit(now: number): RateLimit | undefined {
		const probe = this.sentAt[this.sentAt.length - 1];
		const before = this.sentAt.filter(
			(sentAt) => sentAt < probe && sentAt >= Math.max(this.restartedAt, probe - LEARNING_MS),
		);
		if (before.length < LEARNING_MINIMUM) return undefined;
		return { limit: before.length, windowMs: now - Math.min(...before) };
	}
}
