import type { HttpResponse } from './http';

/** How an unsafe write ended: with the vendor's answer, or without one although it may have arrived. */
export type Remembered = { response: HttpResponse } | { ambiguity: unknown };

/** n8n waits at most 5 seconds before it runs a node again; longer than this nobody asks. */
const KEPT_AFTER_END_MS = 5 * 60 * 1000;

/** Runs that neither ended well nor were run again are forgotten from here on, the oldest first. */
const MAX_RUNS = 1000;

/**
 * What one run of a node has written so far. n8n's Retry On Fail starts the same run of the same node again with the
 * same items; the journal then answers for the unsafe writes that were sent before, so that none is sent twice.
 */
export class RunJournal {
	private readonly writes = new Map<string, Remembered>();

	private endedAt = Infinity;

	/** What became of an earlier try of this write in this run. */
	recall(write: string): Remembered | undefined {
		return this.writes.get(write);
	}

	remember(write: string, ending: Remembered): void {
		this.writes.set(write, ending);
	}

	/** The node has stopped, with items that failed; it may be run again. */
	end(now: number): void {
		this.endedAt = now;
	}

	reopen(): void {
		this.endedAt = Infinity;
	}

	isStale(now: number): boolean {
		return now - this.endedAt > KEPT_AFTER_END_MS;
	}
}

const journals = new Map<string, RunJournal>();

/**
 * The journal of one run of one node in one execution; the same object when n8n runs it again.
 * @param run execution ID, node ID and run index
 */
export function openJournal(run: string[], now: number): RunJournal {
	for (const [key, journal] of journals) {
		if (journal.isStale(now) || journals.size > MAX_RUNS) journals.delete(key);
	}
	const key = JSON.stringify(run);
	const journal = journals.get(key) ?? new RunJournal();
	journal.reopen();
	journals.set(key, journal);
	return journal;
}

/** Every item of the run succeeded: n8n will not run it again. */
export function dropJournal(run: string[]): void {
	journals.delete(JSON.stringify(run));
}
