import type { HttpResponse } from './http';

/** How an unsafe write ended: with the vendor's answer, or without one although it may have arrived. */
export type Remembered = { response: HttpResponse } | { ambiguity: unknown };

/** n8n waits at most 5 seconds before it runs a node again; longer than this nobody asks. */
const KEPT_AFTER_END_MS = 5 * 60 * 1000;

/** In characters, for all runs that have ended: some hundred megabytes at most would stay for those five minutes. */
const MAX_SIZE_OF_ENDED = 50_000_000;

/** What a write takes beside its answer: its key, headers and the objects around them. */
const SIZE_OF_ENTRY = 1000;

function sizeOf(ending: Remembered): number {
	return SIZE_OF_ENTRY + ('response' in ending ? ending.response.body.length : 0);
}

/** An Idempotency Key that a run has claimed and keeps: for which item, and how that ended. */
export interface KeptKey {
	/** Place of the item among the input items, from 0. */
	itemIndex: number;
	/** Whether the item was carried out for certain. */
	ending: 'done' | 'uncertain';
}

/**
 * What one run of a node has written so far. n8n's Retry On Fail starts the same run of the same node again with the
 * same items; the journal then answers for the unsafe writes that were sent before, so that none is sent twice.
 */
export class RunJournal {
	private readonly writes = new Map<string, Remembered>();

	private readonly writtenItems = new Set<number>();

	private readonly keptKeys = new Map<string, KeptKey>();

	private written = 0;

	/** What became of an earlier try of this write in this run. */
	recall(write: string): Remembered | undefined {
		return this.writes.get(write);
	}

	remember(write: string, ending: Remembered): void {
		this.writes.set(write, ending);
		this.written += sizeOf(ending);
	}

	/** Something was done for this item, or may have been. */
	noteWrite(itemIndex: number): void {
		this.writtenItems.add(itemIndex);
	}

	hasWritten(itemIndex: number): boolean {
		return this.writtenItems.has(itemIndex);
	}

	keptKey(key: string): KeptKey | undefined {
		return this.keptKeys.get(key);
	}

	/** Remembers how the item of a key ended, or forgets the key when it was freed. */
	keepKey(key: string, kept: KeptKey | undefined): void {
		if (kept) this.keptKeys.set(key, kept);
		else this.keptKeys.delete(key);
	}

	/** In characters, about. */
	get size(): number {
		return this.written + this.keptKeys.size * SIZE_OF_ENTRY;
	}
}

/** Of the runs that go on: these are never forgotten, however many there are. */
const going = new Map<string, RunJournal>();

/** Of the runs that have ended with items that failed, in the order in which they ended. */
const ended = new Map<string, { journal: RunJournal; endedAt: number }>();

let sizeOfEnded = 0;

function takeEnded(key: string): RunJournal | undefined {
	const found = ended.get(key);
	if (!found) return undefined;
	ended.delete(key);
	sizeOfEnded -= found.journal.size;
	return found.journal;
}

/** Forgets the runs that nobody asks for any more, and the first to have ended where they take too much. */
function forgetEnded(now: number): void {
	for (const [key, { endedAt }] of ended) {
		if (now - endedAt <= KEPT_AFTER_END_MS && sizeOfEnded <= MAX_SIZE_OF_ENDED) return;
		takeEnded(key);
	}
}

/**
 * The journal of one run of one node in one execution; the same object when n8n runs it again. It is kept while the run
 * goes on and for five minutes after it has ended with failed items; what all those that have ended take is bounded.
 * @param run execution ID, node ID and run index
 */
export function openJournal(run: string[], now: number): RunJournal {
	forgetEnded(now);
	const key = JSON.stringify(run);
	const journal = going.get(key) ?? takeEnded(key) ?? new RunJournal();
	going.set(key, journal);
	return journal;
}

/** The node has stopped, with items that failed; it may be run again. */
export function endJournal(run: string[], now: number): void {
	const key = JSON.stringify(run);
	const journal = going.get(key);
	if (!journal) return;
	going.delete(key);
	takeEnded(key);
	ended.set(key, { journal, endedAt: now });
	sizeOfEnded += journal.size;
	forgetEnded(now);
}

/** Every item of the run succeeded: n8n will not run it again. */
export function dropJournal(run: string[]): void {
	const key = JSON.stringify(run);
	going.delete(key);
	takeEnded(key);
}
