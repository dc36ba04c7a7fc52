import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** The longest that any vendor goes on delivering again, with room to spare. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Kept in memory for each trigger: catches repeats within one process, even at the same moment. */
const MAX_IN_MEMORY = 50_000;

/** Kept in the workflow's static data: catches repeats after a restart and in other processes. It is saved with each
 * delivery, so it stays small. */
const MAX_STORED = 1000;

/** 96 bits: two different deliveries will not meet. */
const DIGEST_LENGTH = 16;

const inMemory = new Map<string, Map<string, number>>();

function memoryOf(trigger: string): Map<string, number> {
	const memory = inMemory.get(trigger) ?? new Map<string, number>();
	inMemory.set(trigger, memory);
	return memory;
}

/** When a stored entry was made: it is the time in milliseconds, then the digest. */
function timeOf(entry: string): number {
	return Number(entry.split(' ', 1)[0]);
}

/** Tells a delivery from others: by the ID that the vendor gave it, else by its bytes. */
export function deliveryKey(id: string | undefined, rawBody: Buffer): string {
	return id ?? createHash('sha256').update(rawBody).digest('hex');
}

/** Where a trigger remembers its deliveries. */
export interface DeliveryMemory {
	/** Tells triggers of one process apart, and a test run from production. */
	trigger: string;
	/** The node's static data; n8n saves it after the delivery, except in a test run. */
	staticData: IDataObject;
}

/**
 * Whether a delivery has been accepted before; if not, it now has. Both in one step: nothing may come in between.
 * @param now milliseconds since the epoch
 */
export function acceptOnce({ trigger, staticData }: DeliveryMemory, key: string, now: number): boolean {
	const digest = createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_LENGTH);
	const isRecent = (time: number): boolean => now - time < MAX_AGE_MS;
	const memory = memoryOf(trigger);
	const stored = Array.isArray(staticData.deliveries) ? [...(staticData.deliveries as string[])] : [];
	const knownSince =
		memory.get(digest) ?? stored.filter((entry) => entry.endsWith(` ${digest}`)).map(timeOf)[0];
	if (knownSince !== undefined && isRecent(knownSince)) return false;

	memory.delete(digest);
	memory.set(digest, now);
	for (const [oldest, time] of memory) {
		if (isRecent(time) && memory.size <= MAX_IN_MEMORY) break;
		memory.delete(oldest);
	}
	// Oldest first, so the first recent one begins what is still of use.
	const firstRecent = stored.findIndex((entry) => isRecent(timeOf(entry)));
	const kept = firstRecent < 0 ? [] : stored.slice(firstRecent).slice(1 - MAX_STORED);
	staticData.deliveries = [...kept, `${Math.round(now)} ${digest}`];
	return true;
}
