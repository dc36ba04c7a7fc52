import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** The longest that any vendor goes on delivering again, with room to spare. */
const MAX_AGE_MS = 24 * 60 * 60 * 1000;

/** Kept in memory for each trigger: catches repeats within one process, even at the same moment. */
const MAX_IN_MEMORY = 50_000;

/** Kept in the workflow's static data, which n8n reads and saves with each delivery, so it stays small. */
const MAX_STORED = 1000;

/** Whoever has not learned by then what became of a delivery will not learn it. */
const MAX_HANDLING_MS = 2 * 60 * 1000;

/** 72 bits: two different deliveries will not meet. */
const DIGEST_LENGTH = 12;

/** Milliseconds since the epoch in base 36. */
const TIME_LENGTH = 8;

const ENTRY_LENGTH = TIME_LENGTH + DIGEST_LENGTH;

/** What became of a delivery: n8n has taken the run that it starts, or has not, or nobody knows. */
export type Fate = 'handedOver' | 'notHandedOver' | 'unknown';

/** A delivery that is being handled. Whoever handles it says what becomes of it; only the first word counts. */
export interface Handling {
	/** n8n has taken the run. From now on the delivery is a repeat; it is remembered in the static data too. */
	handOver(now: number): void;
	/** n8n has not taken the run: the delivery is forgotten, so that the sender's next try is a new one. */
	forget(): void;
}

/** Whether a delivery is a new one, to be handled by the one who asks; else what became of it or will. */
export type Beginning =
	| { state: 'new'; handling: Handling }
	| { state: 'beingHandled'; fate: Promise<Fate> }
	| { state: 'repeated' };

/** Tells a delivery from others: by the ID that the vendor gave it, else by its bytes. */
export function deliveryKey(id: string | undefined, rawBody: Buffer): string {
	return id ?? createHash('sha256').update(rawBody).digest('hex');
}

function digestOf(key: string): string {
	return createHash('sha256').update(key).digest('base64url').slice(0, DIGEST_LENGTH);
}

function entryOf(digest: string, time: number): string {
	return Math.floor(time).toString(36).padStart(TIME_LENGTH, '0') + digest;
}

function timeAt(entries: string, place: number): number {
	return parseInt(entries.slice(place, place + TIME_LENGTH), 36);
}

function isRecent(time: number, now: number): boolean {
	return now - time < MAX_AGE_MS;
}

/** Entries of static data, whichever way they were written: until version 1 of this package as a list. */
function storedEntries({ deliveries }: IDataObject): string {
	if (typeof deliveries === 'string') return deliveries;
	if (!Array.isArray(deliveries)) return '';
	return (deliveries as string[])
		.map((entry) => entry.split(' '))
		.map(([time, digest]) => entryOf(digest.slice(0, DIGEST_LENGTH), Number(time)))
		.join('');
}

interface Handled {
	since: number;
	fate: Promise<Fate>;
	settle(fate: Fate): void;
}

function handled(now: number): Handled {
	let settle: Handled['settle'] = () => {};
	const fate = new Promise<Fate>((resolve) => (settle = resolve));
	return { since: now, fate, settle };
}

/**
 * The deliveries of one trigger as this process knows them. What was handed over is known here and in the workflow's
 * static data, which survives a restart and which other processes read; each saving holds what this process knows, so
 * that what another one has overwritten at the same moment comes back with the next delivery.
 */
class Deliveries {
	/** When each was handed over; the oldest first. */
	private readonly handedOver = new Map<string, number>();

	/** The oldest first. */
	private readonly handling = new Map<string, Handled>();

	/** The newest of `handedOver` as they stand in the static data. */
	private entries = '';

	/** What was read last from the static data. */
	private lastRead = '';

	begin(key: string, staticData: IDataObject, now: number): Beginning {
		const digest = digestOf(key);
		this.giveUp(now);
		const other = this.handling.get(digest);
		if (other) return { state: 'beingHandled', fate: other.fate };
		this.read(staticData, now);
		const since = this.handedOver.get(digest);
		if (since !== undefined && isRecent(since, now)) return { state: 'repeated' };

		const own = handled(now);
		this.handling.set(digest, own);
		const end = (fate: Fate): void => {
			own.settle(fate);
			if (this.handling.get(digest) === own) this.handling.delete(digest);
		};
		let isHandedOver = false;
		return {
			state: 'new',
			handling: {
				handOver: (at) => {
					if (isHandedOver) return;
					isHandedOver = true;
					this.remember(digest, at);
					staticData.deliveries = this.entries;
					end('handedOver');
				},
				forget: () => {
					if (!isHandedOver) end('notHandedOver');
				},
			},
		};
	}

	/** Nobody waits for ever for the word of one that was lost. */
	private giveUp(now: number): void {
		for (const [digest, { since, settle }] of this.handling) {
			if (now - since < MAX_HANDLING_MS) return;
			settle('unknown');
			this.handling.delete(digest);
		}
	}

	/** Learns what was stored before a restart, or by another process. */
	private read(staticData: IDataObject, now: number): void {
		const stored = storedEntries(staticData);
		if (stored === this.lastRead || stored === this.entries) return;
		this.lastRead = stored;
		let hasLearned = false;
		for (let place = 0; place + ENTRY_LENGTH <= stored.length; place += ENTRY_LENGTH) {
			const digest = stored.slice(place + TIME_LENGTH, place + ENTRY_LENGTH);
			const time = timeAt(stored, place);
			if (this.handedOver.has(digest) || !isRecent(time, now)) continue;
			this.handedOver.set(digest, time);
			hasLearned = true;
		}
		if (hasLearned) this.sort();
	}

	private sort(): void {
		const sorted = [...this.handedOver].sort(([, one], [, other]) => one - other);
		this.handedOver.clear();
		for (const [digest, time] of sorted) this.handedOver.set(digest, time);
		this.entries = sorted
			.slice(-MAX_STORED)
			.map(([digest, time]) => entryOf(digest, time))
			.join('');
	}

	private remember(digest: string, now: number): void {
		this.handedOver.delete(digest);
		this.handedOver.set(digest, now);
		for (const [oldest, time] of this.handedOver) {
			if (isRecent(time, now) && this.handedOver.size <= MAX_IN_MEMORY) break;
			this.handedOver.delete(oldest);
		}
		const added = this.entries + entryOf(digest, now);
		let first = Math.max(0, added.length - MAX_STORED * ENTRY_LENGTH);
		while (!isRecent(timeAt(added, first), now)) first += ENTRY_LENGTH;
		this.entries = added.slice(first);
	}
}

const triggers = new Map<string, Deliveries>();

/** The deliveries of a trigger; the same object for the same name, which tells triggers of one process apart. */
export function deliveriesOf(trigger: string): Deliveries {
	const deliveries = triggers.get(trigger) ?? new Deliveries();
	triggers.set(trigger, deliveries);
	return deliveries;
}
