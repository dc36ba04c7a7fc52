import { setImmediate as nextMacrotask } from 'node:timers/promises';
import type { Clock } from '../../../nodes/shared/clock.ts';

interface Sleeper {
	wakeAt: number;
	wake(): void;
}

const START_MS = Date.UTC(2026, 0, 1);

/** A run that has not ended after this much virtual time never will. */
const LONGEST_RUN_MS = 6 * 60 * 60 * 1000;

/**
 * Virtual time: it stands still until told to move, and then jumps from one sleeper to the next, in the order of
 * their waking times and among equals in the order they fell asleep. All promise callbacks have run before each
 * jump. Chance is a fixed sequence per seed. Times in ms since the epoch.
 */
export class FakeClock implements Clock {
	#now = START_MS;
	#sleepers: Sleeper[] = [];
	#randomState: number;

	constructor(seed = 1) {
		this.#randomState = seed;
	}

	now(): number {
		return this.#now;
	}

	/** How many sleeps have not ended. */
	get sleeping(): number {
		return this.#sleepers.length;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		await new Promise<void>((resolve, reject) => {
			const abort = (): void => {
				this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
				reject(signal?.reason);
			};
			const wake = (): void => {
				signal?.removeEventListener('abort', abort);
				resolve();
			};
			const sleeper = { wakeAt: this.#now + Math.max(0, ms), wake };
			signal?.addEventListener('abort', abort);
			const later = this.#sleepers.findLastIndex(({ wakeAt }) => wakeAt <= sleeper.wakeAt) + 1;
			this.#sleepers.splice(later, 0, sleeper);
		});
	}

	/** A number in [0, 1); the generator is mulberry32. */
	random(): number {
		this.#randomState = (this.#randomState + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#randomState ^ (this.#randomState >>> 15), this.#randomState | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** Lets `ms` of time pass, with everything that happens in it. */
	async advance(ms: number): Promise<void> {
		const until = this.#now + ms;
		await nextMacrotask();
		while (this.#nextWakeAt <= until) {
			this.#wakeNext();
			await nextMacrotask();
		}
		this.#now = until;
	}

	/**
	 * Lets time pass until the work has ended, and gives what it gave or throws what it threw.
	 * @throws Error when the work waits for something that no sleeper will bring, or for more than six hours
	 */
	async run<Value>(work: Promise<Value>): Promise<Value> {
		let ended = false;
		const end = (): void => {
			ended = true;
		};
		work.then(end, end);
		await this.#wakeAllUntil(() => ended);
		if (!ended) throw new Error('The work waits for something that will never happen');
		return await work;
	}

	/**
	 * Lets time pass until nobody sleeps any more.
	 * @throws Error when that takes more than six hours
	 */
	async runUntilIdle(): Promise<void> {
		await this.#wakeAllUntil(() => false);
	}

	async #wakeAllUntil(isEnough: () => boolean): Promise<void> {
		const giveUpAt = this.#now + LONGEST_RUN_MS;
		await nextMacrotask();
		while (!isEnough() && this.#sleepers.length > 0) {
			if (this.#now > giveUpAt) throw new Error('This takes more than six hours of virtual time');
			this.#wakeNext();
			await nextMacrotask();
		}
	}

	get #nextWakeAt(): number {
		return this.#sleepers[0]?.wakeAt ?? Infinity;
	}

	#wakeNext(): void {
		const sleeper = this.#sleepers.shift();
		if (!sleeper) return;
		this.#now = sleeper.wakeAt;
		sleeper.wake();
	}
}
