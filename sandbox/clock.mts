import { setTimeout as sleepReal } from 'node:timers/promises';

/** Time as the sandbox sees it. `now()` is epoch milliseconds and never steps back; `sleep` rejects when aborted. */
export interface Clock {
	now(): number;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's time. Monotonic with fractions of a millisecond, because rate-limit windows are checked to that grain. */
export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),
	sleep: async (ms, signal) => await sleepReal(ms, undefined, { signal }),
};
