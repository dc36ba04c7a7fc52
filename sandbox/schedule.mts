import type { Clock } from './clock.mts';

/** Work that happens later: delivery retries, the end of a call. Delays are divided by `timeScale`. */
export class Schedule {
	readonly #clock: Clock;
	readonly #timeScale: number;
	readonly #pending = new Set<Promise<void>>();
	#cancellation = new AbortController();

	constructor(clock: Clock, timeScale: number) {
		this.#clock = clock;
		this.#timeScale = timeScale;
	}

	/** Runs `action` after `delayMs` of the vendor's time, unless cancelled before. */
	after(delayMs: number, action: () => unknown): void {
		const work = this.#run(delayMs, action, this.#cancellation.signal).finally(() =>
			this.#pending.delete(work),
		);
		this.#pending.add(work);
	}

	async #run(delayMs: number, action: () => unknown, signal: AbortSignal): Promise<void> {
		try {
			await this.#clock.sleep(delayMs / this.#timeScale, signal);
		} catch {
			return;
		}
		await action();
	}

	/** Resolves once nothing is waiting or running, including what that work scheduled in turn. */
	async settled(): Promise<void> {
		while (this.#pending.size > 0) await Promise.all(this.#pending);
	}

	cancel(): void {
		this.#cancellation.abort();
		this.#cancellation = new AbortController();
	}
}
