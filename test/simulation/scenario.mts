import type { Client } from './clients.mts';
import { World, type ServerRules } from './world.mts';

const MINUTE_MS = 60_000;

/** Processes start this far apart. */
const STAGGER_MS = 137;

const SEEDS = [1, 7, 42];

export interface Scenario {
	processes: number;
	minutes: number;
	/** What happens before this minute is not measured. */
	fromMinute?: number;
	server: ServerRules;
	isStated?: boolean;
	/** Whether a process has work in this minute; always, where it is left out. */
	isActive?(process: number, minute: number): boolean;
}

export interface Outcome {
	/** Accepted requests as a part of what the limit allows. */
	share: number;
	/** Refused requests as a part of all. */
	rejected: number;
	/** Jain's index of how evenly the processes share: 1 is even, 1/n is one has it all. */
	fairness: number;
	/** The longest that one item took, in ms. */
	longestWaitMs: number;
}

function jain(values: number[]): number {
	const sum = values.reduce((total, value) => total + value, 0);
	const squares = values.reduce((total, value) => total + value * value, 0);
	return squares === 0 ? 1 : (sum * sum) / (values.length * squares);
}

function mean(values: number[]): number {
	return values.reduce((total, value) => total + value, 0) / values.length;
}

async function playOnce(client: Client, scenario: Scenario, seed: number) {
	const { processes, minutes, fromMinute = 0, server, isStated = true, isActive } = scenario;
	const world = new World(server, seed);
	const startedAt = world.clock.now();
	const minute = (): number => (world.clock.now() - startedAt) / MINUTE_MS;
	for (let index = 0; index < processes; index++) {
		void world.clock
			.sleep(index * STAGGER_MS)
			.then(() => client({ world, index, isStated, isActive: () => isActive?.(index, minute()) ?? true }));
	}
	await world.clock.advance(minutes * MINUTE_MS);
	const measured = world.arrivals.filter(({ at }) => at >= startedAt + fromMinute * MINUTE_MS);
	const accepted = measured.filter(({ ok }) => ok);
	const ideal = (server.limit * (minutes - fromMinute) * MINUTE_MS) / server.windowMs;
	const ofEach = Array.from(
		{ length: processes },
		(_, index) => accepted.filter(({ process }) => process === index).length,
	);
	return {
		share: accepted.length / ideal,
		rejected: 1 - accepted.length / measured.length,
		fairness: jain(ofEach),
		longestWaitMs: world.waits.reduce((longest, wait) => Math.max(longest, wait), 0),
	};
}

/** Plays a scenario with three seeds; gives the means, and the longest wait of all. */
export async function play(client: Client, scenario: Scenario, seeds = SEEDS): Promise<Outcome> {
	const runs = [];
	for (const seed of seeds) runs.push(await playOnce(client, scenario, seed));
	return {
		share: mean(runs.map(({ share }) => share)),
		rejected: mean(runs.map(({ rejected }) => rejected)),
		fairness: mean(runs.map(({ fairness }) => fairness)),
		longestWaitMs: Math.max(...runs.map(({ longestWaitMs }) => longestWaitMs)),
	};
}

/** One process that has so many items to send under a limit that nobody has stated, or that is stated. */
export interface Job {
	items: number;
	server: ServerRules;
	isStated?: boolean;
}

export interface JobOutcome {
	/**
	 * What the limit would have allowed in the time that it took. The time ends one window after the last request, when all
	 * that was used is free again: who wastes nothing has exactly 1.
	 */
	share: number;
	/** The same over its second half. */
	lateShare: number;
	/** How many requests were refused. */
	rejected: number;
}

/** In fixed windows it matters when a job begins. */
const STARTS_AFTER_MS = [0, 700, 2345, 4690];

/** Plays a job with three seeds, at four moments; gives the means. */
export async function playJob(client: Client, { items, server, isStated = false }: Job): Promise<JobOutcome> {
	const runs = [];
	for (const seed of SEEDS) {
		for (const startsAfterMs of STARTS_AFTER_MS) {
			const world = new World(server, seed);
			await world.clock.advance(startsAfterMs);
			client({ world, index: 0, isStated, items, isActive: () => true });
			while (world.waits.length < items) await world.clock.advance(server.windowMs);
			const accepted = world.arrivals.filter(({ ok }) => ok).map(({ at }) => at);
			const shareOf = (times: number[]): number => {
				const windows = (times[times.length - 1] - times[0]) / server.windowMs + 1;
				return times.length / server.limit / windows;
			};
			runs.push({
				share: shareOf(accepted),
				lateShare: shareOf(accepted.slice(items / 2)),
				rejected: world.arrivals.length - items,
			});
		}
	}
	return {
		share: mean(runs.map(({ share }) => share)),
		lateShare: mean(runs.map(({ lateShare }) => lateShare)),
		rejected: mean(runs.map(({ rejected }) => rejected)),
	};
}
