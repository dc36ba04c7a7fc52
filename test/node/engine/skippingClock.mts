import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Clock } from '../../../nodes/shared/clock';

/** Nobody asks for the time for so long only when everybody waits. */
const IDLE_MS = 12;

const requestChannels = ['http.client.request.start', 'http.client.response.finish'] as const;

/**
 * Real time in which waiting is skipped: once nothing is under way, time jumps to the end of the shortest sleep. So
 * windows keep their real length and requests their real latency, and a test need not wait a minute.
 */
export class SkippingClock implements Clock {
	private skippedMs = 0;

	private lastAskedAt = performance.now();

	private underWay = 0;

	private sleepers: Array<{ wakeAt: number; wake(): void }> = [];

	private readonly timer = setInterval(() => this.skip(), IDLE_MS / 3);

	private readonly started = (): void => void this.underWay++;

	private readonly finished = (): void => void this.underWay--;

	constructor() {
		subscribe(requestChannels[0], this.started);
		subscribe(requestChannels[1], this.finished);
	}

	now = (): number => {
		this.lastAskedAt = performance.now();
		return performance.timeOrigin + this.lastAskedAt + this.skippedMs;
	};

	sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
		const wakeAt = this.now() + ms;
		await new Promise<void>((resolve, reject) => {
			const sleeper = { wakeAt, wake: resolve };
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', () => {
				this.sleepers = this.sleepers.filter((other) => other !== sleeper);
				reject(new Error('aborted'));
			});
		});
	};

	random = (): number => Math.random();

	/** Time does not jump while the work is under way. */
	async during<Result>(work: () => Promise<Result>): Promise<Result> {
		this.started();
		try {
			return await work();
		} finally {
			this.finished();
		}
	}

	/** Wakes whoever may wake; if nobody may and all is quiet, jumps to the next who will. */
	private skip(): void {
		const real = performance.now();
		const isQuiet = this.underWay === 0 && real - this.lastAskedAt > IDLE_MS;
		const now = performance.timeOrigin + real + this.skippedMs;
		const nextAt = Math.min(...this.sleepers.map(({ wakeAt }) => wakeAt));
		if (isQuiet && nextAt > now && nextAt < Infinity) this.skippedMs += nextAt - now;
		const reached = isQuiet ? Math.max(now, nextAt) : now;
		const awake = this.sleepers.filter(({ wakeAt }) => wakeAt <= reached);
		this.sleepers = this.sleepers.filter(({ wakeAt }) => wakeAt > reached);
		for (const { wake } of awake) wake();
	}

	stop(): void {
		clearInterval(this.timer);
		unsubscribe(requestChannels[0], this.started);
		unsubscribe(requestChannels[1], this.finished);
	}
}
