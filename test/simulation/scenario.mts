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
	worlds: World[];
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
		world,
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
		worlds: runs.map(({ world }) => world),
	};
}
