import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** How far behind the newest record reading starts again: a vendor may show a record a while after its time. */
const OVERLAP_MS = 5 * 60 * 1000;

/** Kept in the workflow's static data, which is saved with each run, so it stays small. */
const MAX_REMEMBERED = 5000;

/** 96 bits: two different records will not meet. */
const DIGEST_LENGTH = 16;

/** One version of a record, and its time by the vendor's clock in milliseconds. */
export interface Sighting {
	/** What tells the record and its state from all others. */
	key: string;
	/** The record's time by the vendor's clock, in milliseconds since the epoch. */
	time: number;
}

/** What a polling trigger knows from its earlier runs. Times in milliseconds since the epoch, by the vendor's clock. */
export interface PollMemory {
	/** Reading starts here, included. */
	from: number;
	/** Digests of what was seen from there on. */
	seen: Map<string, number>;
}

function digestOf(key: string): string {
	return createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_LENGTH);
}

/** The memory of a trigger that has seen nothing; `newest` is the time of the newest record there is. */
export function newMemory(newest: number, overlapMs = OVERLAP_MS): PollMemory {
	return { from: newest - overlapMs, seen: new Map() };
}

interface Stored {
	event: string;
	from: number;
	/** Time and digest of each. */
	seen: string[];
}

/** What was stored for an event; undefined when there is nothing, as in a trigger's first run or for another event. */
export function storedMemory({ polling }: IDataObject, event: string): PollMemory | undefined {
	const stored = polling as unknown as Stored | undefined;
	if (stored?.event !== event) return undefined;
	const { from, seen } = stored;
	const entries = seen.map((entry): [string, number] => {
		const [time, digest] = entry.split(' ');
		return [digest, Number(time)];
	});
	return { from, seen: new Map(entries) };
}

/** Writes the memory for an event into the static data of the node, in place of what was there. */
export function storeMemory(staticData: IDataObject, event: string, { from, seen }: PollMemory): void {
	staticData.polling = { event, from, seen: Array.from(seen, ([digest, time]) => `${time} ${digest}`) };
}

/** Whether this version of the record was seen before. */
export function isKnown({ seen }: PollMemory, { key }: Sighting): boolean {
	return seen.has(digestOf(key));
}

/**
 * Where reading has to start so that no more is remembered than can be: at the start of the overlap, or later where
 * too much lies in it. Records of one time are never parted.
 */
function startFor(times: number[], overlapMs: number): number {
	const newestFirst = [...times].sort((one, other) => other - one);
	const start = newestFirst[0] - overlapMs;
	const tooOld = newestFirst[MAX_REMEMBERED];
	if (tooOld === undefined || tooOld < start) return start;
	const later = newestFirst.filter((time) => time > tooOld);
	return later.length > 0 ? later[later.length - 1] : tooOld;
}

/**
 * The memory after a run that saw all there is from `from` on. What is older than where the next run starts is
 * forgotten: it will not be read again.
 */
export function remembering(
	{ from, seen }: PollMemory,
	sightings: Sighting[],
	overlapMs = OVERLAP_MS,
): PollMemory {
	const all = new Map([
		...seen,
		...sightings.map(({ key, time }): [string, number] => [digestOf(key), time]),
	]);
	if (all.size === 0) return { from, seen };
	const start = Math.max(from, startFor([...all.values()], overlapMs));
	return { from: start, seen: new Map([...all].filter(([, time]) => time >= start)) };
}
