import { randomUUID } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import type { Clock } from '../clock';
import { KeyedMutex } from '../transport/keyedMutex';

/** Of each node the newest keys that are kept for certain. */
export const KEPT_KEYS = 10_000;

/**
 * For each node n8n keeps the newest of so many entries. A key takes one, and two until it is told how it ended, which
 * may be never; those of runs under way come on top.
 */
const MAX_ENTRIES = 2 * KEPT_KEYS + 2000;

const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;

/**
 * n8n reads the entries of a node, adds to them and writes all of them back, so that two processes may overwrite each
 * other. Who has read before we wrote has written back after this time, or after so many times what our own call took.
 */
const MIN_SETTLING_MS = 150;
const SETTLING_FACTOR = 5;

/** When others still overwrite us then, something else is wrong. */
const MAX_ATTEMPTS = 20;

/** What the node knew of a key: nothing, so that it is claimed now; that it is done; or no more than that it was claimed. */
export type KeyState = 'claimed' | 'done' | 'open';

/** The part of n8n that keeps entries for a node, in its database: they survive restarts, and all processes share them. */
export type EntryHelpers = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** How many keys were claimed for a node since when, in this process. */
const paces = new Map<string, { since: number; keys: number }>();

/** A shorter time says nothing about a pace. */
const MIN_PACE_MS = 24 * 60 * 60 * 1000;

/** In one process the calls of n8n's that read and write a node's entries go one after another. */
const turns = new KeyedMutex();

/** Stands for a key beside it until it is told how it ended. */
function openMark(key: string): string {
	return `open ${key}`;
}

/** The keys of one node, as all processes of an n8n share them. All methods throw what n8n's database does. */
export class ClaimStore {
	/** Keys that were finished once. */
	private unsettled: string[] = [];

	/** @param node tells the nodes of one process apart */
	constructor(
		private readonly node: string,
		private readonly helpers: EntryHelpers,
		private readonly clock: Clock,
	) {}

	/**
	 * Claims the keys that nobody has claimed before. Of two processes that claim one key at the same moment one is told
	 * that it is open, unless n8n's database takes many times as long for one of them as for the other.
	 */
	async claim(keys: string[]): Promise<Map<string, KeyState>> {
		const states = new Map<string, KeyState>();
		if (keys.length === 0) return states;
		// Written together with the keys: as long as it stands, they do.
		const token = randomUUID();
		let left = keys;
		for (let attempt = 0; left.length > 0; attempt++) {
			if (attempt > MAX_ATTEMPTS) throw new Error('other processes keep overwriting the keys');
			const startedAt = this.clock.now();
			const isNew = await this.record([...left.flatMap((key) => [key, openMark(key)]), token]);
			const tookMs = this.clock.now() - startedAt;
			if (attempt > 0 && !isNew(token)) break;

			// What was new at first and is not any more, although our writing is lost, is another process's.
			const known = left.filter((key) => !isNew(key));
			for (const key of known) states.set(key, attempt === 0 && isNew(openMark(key)) ? 'done' : 'open');
			left = left.filter(isNew);
			if (left.length > 0) await this.clock.sleep(Math.max(MIN_SETTLING_MS, SETTLING_FACTOR * tookMs));
		}
		for (const key of left) states.set(key, 'claimed');
		const pace = paces.get(this.node) ?? { since: this.clock.now(), keys: 0 };
		if (left.length > 0) paces.set(this.node, { ...pace, keys: pace.keys + left.length });
		const done = keys.filter((key) => states.get(key) === 'done');
		// What stays of these makes keys that are done look open, which is safe.
		await attemptAsync(async () => await this.remove([token, ...done.map(openMark)]));
		return states;
	}

	/** How far back the newest keys reach at the pace of this process, in milliseconds; `undefined` before any. */
	get reachMs(): number | undefined {
		const pace = paces.get(this.node);
		if (!pace) return undefined;
		return (KEPT_KEYS / pace.keys) * Math.max(this.clock.now() - pace.since, MIN_PACE_MS);
	}

	/**
	 * What was asked for with these keys is done. A key that another process has overwritten all the same is recorded anew.
	 * Unlike a claim a removal cannot be made sure of, so it is done a second
	 * time with the next keys, or by `settle`; a mark that another process brings back all the same makes its key look open.
	 */
	async finish(keys: string[]): Promise<void> {
		const finished = [...this.unsettled, ...keys];
		await this.record(finished);
		await this.remove(finished.map(openMark));
		this.unsettled = keys;
	}

	/** To be called after the last `finish`. */
	async settle(): Promise<void> {
		if (this.unsettled.length === 0) return;
		await this.clock.sleep(MIN_SETTLING_MS);
		await this.finish([]);
	}

	/** Nothing was done with these keys: they may be claimed again. */
	async free(keys: string[]): Promise<void> {
		await this.remove(keys.flatMap((key) => [key, openMark(key)]));
	}

	/** Records entries, and tells those that were not there. */
	private async record(entries: string[]): Promise<(entry: string) => boolean> {
		return await turns.runExclusive(this.node, async () => {
			// The first entries of a node make a row in n8n's database: of two processes that do, one fails.
			for (let attempt = 1; ; attempt++) {
				const recorded = await attemptAsync(
					async () => await this.helpers.checkProcessedAndRecord(entries, 'node', OPTIONS),
				);
				if (recorded.ok) {
					const added = new Set(recorded.value.new);
					return (entry) => added.has(entry);
				}
				if (attempt === 3) throw recorded.error;
				await this.clock.sleep(MIN_SETTLING_MS * attempt);
			}
		});
	}

	private async remove(entries: string[]): Promise<void> {
		await turns.runExclusive(
			this.node,
			async () => await this.helpers.removeProcessed(entries, 'node', OPTIONS),
		);
	}
}
