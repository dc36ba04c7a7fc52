import type { Clock } from '../../../sandbox/clock.mts';

/** A clock that stands still until told to advance; sleeps end when it passes them. Times in ms. */
export class ManualClock implements Clock {
	#now: number;
	#sleepers: { until: number; wake: () => void }[] = [];
	#onSleep: (() => void)[] = [];

	constructor(now = Date.UTC(2026, 5, 1)) {
		this.#now = now;
	}

	now(): number {
		return this.#now;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((wake, reject) => {
			const sleeper = { until: this.#now + ms, wake };
			this.#sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
				reject(signal.reason);
			});
			for (const notice of this.#onSleep.splice(0)) notice();
		});
	}

	advance(ms: number): void {
		this.#now += ms;
		const due = this.#sleepers.filter(({ until }) => until <= this.#now);
		this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
		for (const { wake } of due) wake();
	}

	/** How many sleeps have not ended. */
	get sleeping(): number {
		return this.#sleepers.length;
	}

	/** Resolves once somebody sleeps. */
	async someoneSleeps(): Promise<void> {
		if (this.#sleepers.length === 0) await new Promise<void>((notice) => this.#onSleep.push(notice));
	}
}
