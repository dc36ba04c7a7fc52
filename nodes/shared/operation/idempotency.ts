import { UserError, type IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import type { RunJournal } from '../transport/journal';
import { KEPT_KEYS, type ClaimStore, type KeyState } from './claimStore';

/** Claimed at once, ahead of being sent: few database calls, and few items are uncertain when n8n is killed. */
const CLAIMED_AT_ONCE = 50;

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** When the keys reach back less than this, the user should know. */
const SHORT_REACH_MS = 30 * DAY_MS;

function duration(ms: number): string {
	if (ms >= 2 * DAY_MS) return `${Math.round(ms / DAY_MS)} days`;
	return ms >= 2 * HOUR_MS ? `${Math.round(ms / HOUR_MS)} hours` : `${Math.ceil(ms / 60_000)} minutes`;
}

/** An item that states a key. */
export interface KeyedItem {
	/** Place of the item among the input items, from 0. */
	itemIndex: number;
	/** With what it is the key of: one key may be used for several operations. */
	key: string;
}

/**
 * Whose an item is: ours to carry out; or done before, being carried out by another execution of this process, or
 * claimed before by somebody who has not said how it ended.
 */
export type Claim = 'ours' | 'done' | 'inProgress' | 'uncertain';

/** How an item that was ours ended: done, not done at all, or nobody knows. */
export type Ending = 'done' | 'notDone' | 'uncertain';

/** Keys that a run of this process has claimed and that have not ended. */
const inProgress = new Map<string, object>();

/** One key of the run: which item carries it out, and how that ends. */
interface Carrying {
	itemIndex: number;
	ending: Promise<Ending>;
	end(ending: Ending): void;
}

/**
 * The items of one run that state an Idempotency Key: each key is carried out once, over all runs of the node, in
 * whichever process. A key is claimed before its item is sent, freed when nothing was done, and kept when it was done or
 * nobody knows.
 */
export class Claims {
	private readonly items = new Map<number, string>();

	/** Not claimed yet, in the order of the items. */
	private readonly waiting = new Set<number>();

	private readonly claimed = new Map<string, KeyState | 'inProgress'>();

	private readonly carried = new Map<string, Carrying>();

	private readonly endings: Record<'done' | 'notDone', string[]> = { done: [], notDone: [] };

	private claiming: Promise<void> = Promise.resolve();

	/** How many endings could not be recorded. */
	private unrecorded = 0;

	/**
	 * @param journal of the run: what an earlier try of it has claimed stays its own
	 * @param node tells the nodes of one process apart
	 */
	constructor(
		private readonly store: ClaimStore,
		private readonly journal: RunJournal,
		private readonly node: string,
		keyedItems: KeyedItem[],
	) {
		for (const { itemIndex, key } of keyedItems) {
			this.items.set(itemIndex, key);
			this.waiting.add(itemIndex);
		}
	}

	/**
	 * Claims an item's key, and with it those of the next items. An item with the key of another one of this run waits for
	 * what becomes of that one.
	 * @throws what n8n's database does; nothing must be sent then
	 */
	async claim(itemIndex: number): Promise<Claim> {
		const key = this.items.get(itemIndex);
		if (key === undefined) return 'ours';
		for (;;) {
			const other = this.carried.get(key);
			if (other) {
				const ending = await other.ending;
				if (ending !== 'notDone') return ending;
				if (this.carried.get(key) === other) this.carried.delete(key);
				continue;
			}
			const kept = this.journal.keptKey(key);
			if (kept && kept.itemIndex !== itemIndex) return kept.ending;
			const state = kept ? 'claimed' : await this.stateOf(key, itemIndex);
			if (state === 'done' || state === 'inProgress') return state;
			if (state === 'open') return 'uncertain';
			// Another item of this run may have been quicker.
			if (state === undefined || this.carried.has(key)) continue;
			this.claimed.delete(key);
			this.carry(key, itemIndex);
			return 'ours';
		}
	}

	/** Says how an item ended that was ours. */
	end(itemIndex: number, ending: Ending): void {
		const key = this.items.get(itemIndex);
		const carrying = key === undefined ? undefined : this.carried.get(key);
		if (key === undefined || carrying?.itemIndex !== itemIndex) return;
		this.journal.keepKey(key, ending === 'notDone' ? undefined : { itemIndex, ending });
		if (ending !== 'uncertain') this.endings[ending].push(key);
		inProgress.delete(this.nameOf(key));
		carrying.end(ending);
	}

	/** Records the endings that have not been, and frees what was claimed and never carried out. */
	async close(): Promise<void> {
		await attemptAsync(async () => await this.claiming);
		for (const [key, state] of this.claimed) {
			if (state !== 'claimed') continue;
			inProgress.delete(this.nameOf(key));
			this.endings.notDone.push(key);
		}
		this.claimed.clear();
		for (const [key, { itemIndex }] of this.carried) {
			if (inProgress.get(this.nameOf(key)) === this) this.end(itemIndex, 'uncertain');
		}
		await this.record();
		await attemptAsync(async () => await this.store.settle());
	}

	/** What the user should know of the keys of this run. */
	hints(): string[] {
		const { reachMs } = this.store;
		const hints: string[] = [];
		if (this.unrecorded > 0) {
			hints.push(
				`How ${this.unrecorded} items ended could not be recorded in the database of this n8n. Their Idempotency Keys count as uncertain: they will not be sent again.`,
			);
		}
		if (reachMs !== undefined && reachMs < SHORT_REACH_MS) {
			hints.push(
				`n8n keeps the newest ${KEPT_KEYS} Idempotency Keys of this node. At the pace seen since it started that is about ${duration(reachMs)}: what is older would be sent again.`,
			);
		}
		return hints;
	}

	private nameOf(key: string): string {
		return `${this.node} ${key}`;
	}

	private carry(key: string, itemIndex: number): void {
		let end: Carrying['end'] = () => {};
		const ending = new Promise<Ending>((resolve) => (end = resolve));
		this.carried.set(key, { itemIndex, ending, end });
	}

	/** What is known of a key once it was asked for; `undefined` when another item of this run has taken it meanwhile. */
	private async stateOf(key: string, itemIndex: number): Promise<KeyState | 'inProgress' | undefined> {
		// Those before it that are being claimed may hold its key.
		const claiming = this.claiming.then(async () => {
			if (!this.claimed.has(key)) await this.claimNext(itemIndex);
		});
		this.claiming = claiming.catch(() => undefined);
		await claiming;
		return this.claimed.get(key);
	}

	private async claimNext(first: number): Promise<void> {
		const batch = [first, ...this.waiting].slice(0, CLAIMED_AT_ONCE);
		batch.forEach((itemIndex) => this.waiting.delete(itemIndex));
		const keys = new Set<string>();
		for (const itemIndex of batch) {
			const key = this.items.get(itemIndex) as string;
			if (this.claimed.has(key) || this.carried.has(key) || this.journal.keptKey(key)) continue;
			if (inProgress.has(this.nameOf(key))) this.claimed.set(key, 'inProgress');
			else keys.add(key);
		}
		for (const key of keys) inProgress.set(this.nameOf(key), this);
		await this.record();
		const states = await attemptAsync(async () => await this.store.claim([...keys]));
		for (const key of keys) {
			const state = states.ok ? (states.value.get(key) as KeyState) : undefined;
			if (state !== 'claimed') inProgress.delete(this.nameOf(key));
			if (state) this.claimed.set(key, state);
		}
		if (!states.ok) {
			throw new UserError('The Idempotency Key could not be recorded in the database of this n8n', {
				description: `Nothing was sent for this item: ${(states.error as Error).message}. Try again later.`,
			});
		}
	}

	/** Tells n8n's database how items have ended. Where it does not take that, their keys stay open, which is safe. */
	private async record(): Promise<void> {
		const done = this.endings.done.splice(0);
		const notDone = this.endings.notDone.splice(0);
		const recorded = await attemptAsync(async () => {
			if (done.length > 0) await this.store.finish(done);
			if (notDone.length > 0) await this.store.free(notDone);
		});
		if (!recorded.ok) this.unrecorded += done.length + notDone.length;
	}
}

/** What is known of an item that was not carried out, in words. */
export interface AlreadyDone {
	/** What is known about the earlier one. */
	claim: Exclude<Claim, 'ours'>;
	/** As the user states it. */
	key: string;
	/** As the UI names the operation, e.g. "Create lead". */
	action: string;
	/** As people write it. */
	vendorName: string;
	/** Where a person finds out whether it was done. */
	whereToLook: string;
	/** What the user wants of it: an item that says so, nothing, or an error. */
	whenAlreadyDone: 'item' | 'skip' | 'error';
}

/**
 * What an item gives whose key was used before.
 * @throws UserError where the user wants that, and where nobody knows whether it was done
 */
export function alreadyDone(known: AlreadyDone): IDataObject[] {
	const { claim, key, action, vendorName, whereToLook, whenAlreadyDone } = known;
	if (claim === 'uncertain') {
		throw new UserError(
			`${vendorName} may have received "${action}" before, with the Idempotency Key "${key}", but it is not certain`,
			{
				description: `The execution that used this key failed or was stopped before its outcome was known, or another process is carrying it out now. Nothing was sent this time. ${whereToLook} To send it again, use another key.`,
			},
		);
	}
	const message =
		claim === 'done'
			? `"${action}" was done before with the Idempotency Key "${key}"`
			: `"${action}" is being carried out by another execution with the Idempotency Key "${key}"`;
	if (whenAlreadyDone === 'error')
		throw new UserError(message, { description: 'Nothing was sent for this item.' });
	if (whenAlreadyDone === 'skip') return [];
	return [{ alreadyDone: true, idempotencyKey: key, message: `${message}. Nothing was sent.` }];
}
