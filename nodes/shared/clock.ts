import { sleep } from 'n8n-workflow';

/** Time and chance as the mechanisms see them; tests pass their own. */
export interface Clock {
	/** Milliseconds since the epoch; never runs backwards. */
	now(): number;
	/** Resolves after `ms` milliseconds, or rejects with CancelledError as soon as the signal is aborted. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** A number in [0, 1). */
	random(): number;
}

/** The longest single nap: an abandoned wait holds its memory no longer than this. */
const NAP_MS = 1000;

/** Thrown out of a wait when the user cancels the execution. */
export class CancelledError extends Error {
	constructor() {
		super('The execution was cancelled');
	}
}

async function nap(ms: number, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleep(ms);
	let wakeUp = (): void => {};
	const aborted = new Promise<void>((resolve) => {
		wakeUp = resolve;
		signal.addEventListener('abort', wakeUp);
	});
	await Promise.race([sleep(ms), aborted]);
	signal.removeEventListener('abort', wakeUp);
}

/** The machine's clock. It counts on when somebody sets the wall clock back. */
export const systemClock: Clock = {
	now: () => performance.timeOrigin + performance.now(),

	async sleep(ms, signal) {
		const wakeAt = systemClock.now() + ms;
		for (;;) {
			if (signal?.aborted) throw new CancelledError();
			const remaining = wakeAt - systemClock.now();
			if (remaining <= 0) return;
			await nap(Math.min(Math.ceil(remaining), NAP_MS), signal);
		}
	},

	random: () => Math.random(),
};
