import { nextTicket, RateLimiter } from '../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import type { World } from './world.mts';

/** How many requests one process has under way at most. */
const AT_ONCE = 5;

/** A process that always has something to send while it is active. */
export interface Process {
	world: World;
	index: number;
	isActive(): boolean;
	/** Whether it knows the limit. */
	isStated: boolean;
	/** How many items it has to send; without it, always one more. */
	items?: number;
}

/** Starts the process; it goes on for as long as the simulation does. */
export type Client = (process: Process) => void;

function workers(count: number, work: () => Promise<void>, items = Infinity): void {
	let left = items;
	for (let worker = 0; worker < count; worker++) {
		void (async () => {
			while (left-- > 0) await work();
		})();
	}
}

async function untilActive({ world, isActive }: Process): Promise<void> {
	while (!isActive()) await world.clock.sleep(1000);
}

/** This package's own limiter, one in each process. */
export const leadwire: Client = (process) => {
	const { world, index, isStated } = process;
	const { limit, windowMs } = world.rules;
	const limiter = new RateLimiter({ general: isStated ? [{ limit, windowMs }] : [] }, world.clock);
	workers(
		AT_ONCE,
		async () => {
			await untilActive(process);
			const ticket = nextTicket();
			const startedAt = world.clock.now();
			for (;;) {
				const permit = await limiter.acquire({ limits: ['general'], ticket, maxWaitMs: Infinity });
				const { ok, headers } = await world.request(index);
				if (ok) {
					permit.complete(headers);
					world.waits.push(world.clock.now() - startedAt);
					return;
				}
				permit.throttled(headers);
			}
		},
		process.items,
	);
};

/** What most clients do: try again after a random part of a time that doubles, 1 s to 60 s. */
export const fullJitter: Client = (process) => {
	const { world, index } = process;
	workers(AT_ONCE, async () => {
		await untilActive(process);
		const startedAt = world.clock.now();
		for (let attempt = 0; !(await world.request(index)).ok; attempt++)
			await world.clock.sleep(world.clock.random() * Math.min(60_000, 1000 * 2 ** attempt));
		world.waits.push(world.clock.now() - startedAt);
	});
};

/** Paced sending; a refusal multiplies the rate, once in half a window, and each window without one adds to it. */
export function aimd(factor: number, step: number): Client {
	return (process) => {
		const { world, index } = process;
		const { limit, windowMs } = world.rules;
		let rate = limit;
		let cutAt = -Infinity;
		const send = async (): Promise<void> => {
			const { ok } = await world.request(index);
			if (ok) rate = Math.min(limit, rate + step / rate);
			else if (world.clock.now() - cutAt > windowMs / 2) {
				cutAt = world.clock.now();
				rate = Math.max(1, rate * factor);
			}
		};
		workers(1, async () => {
			await untilActive(process);
			await world.clock.sleep((windowMs / rate) * (0.9 + 0.2 * world.clock.random()));
			void send();
		});
	};
}

/** The rate falls to this part of what was measured when it was throttled, and never below this many requests a second. */
const CUBIC_FACTOR = 0.7;
const CUBIC_SCALE = 0.4;
const SLOWEST_PER_SECOND = 0.5;

/**
 * As the SDKs of AWS do in their retry mode "adaptive": a rate that a refusal cuts and time grows along a cubic, and full
 * jitter between the tries of a request.
 */
export const adaptive: Client = (process) => {
	const { world, index } = process;
	let perSecond = Infinity;
	let lastMaximum = 0;
	let throttledAt = 0;
	let nextAt = 0;
	const sentAt: number[] = [];
	const measured = (): number => {
		const now = world.clock.now();
		while (sentAt.length > 0 && sentAt[0] < now - 1000) sentAt.shift();
		return Math.max(SLOWEST_PER_SECOND, sentAt.length);
	};
	const learn = (ok: boolean): void => {
		const seconds = (world.clock.now() - throttledAt) / 1000;
		if (!ok) {
			lastMaximum = Math.min(perSecond, measured());
			throttledAt = world.clock.now();
			perSecond = Math.max(SLOWEST_PER_SECOND, lastMaximum * CUBIC_FACTOR);
		} else if (throttledAt > 0) {
			const plateauSeconds = Math.cbrt((lastMaximum * (1 - CUBIC_FACTOR)) / CUBIC_SCALE);
			const grown = CUBIC_SCALE * (seconds - plateauSeconds) ** 3 + lastMaximum;
			perSecond = Math.max(SLOWEST_PER_SECOND, Math.min(grown, 2 * measured()));
		}
	};
	workers(AT_ONCE, async () => {
		await untilActive(process);
		const startedAt = world.clock.now();
		for (let attempt = 0; ; attempt++) {
			const now = world.clock.now();
			nextAt = Math.max(now, nextAt + 1000 / perSecond);
			await world.clock.sleep(nextAt - now);
			sentAt.push(world.clock.now());
			const { ok } = await world.request(index);
			learn(ok);
			if (ok) break;
			await world.clock.sleep(world.clock.random() * Math.min(20_000, 1000 * 2 ** attempt));
		}
		world.waits.push(world.clock.now() - startedAt);
	});
};
