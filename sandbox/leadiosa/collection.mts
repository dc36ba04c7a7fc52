import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import type { LeadiosaSettings } from './settings.mts';

/** Anything that is listed. Fields that are undefined do not exist. */
export interface Item {
	id: string;
	created_at: string;
	updated_at?: string;
}

const defaultLimit = 25;
const largestLimit = 100;

/** The items of one kind in one workspace, the latest change first. */
export class Collection<Kind extends Item> {
	readonly #noun: string;
	readonly #items = new Map<string, Kind>();
	/** Counts changes: a cursor is of one generation and refused in the next (docs/vendors/leadiosa.md#paging). */
	#generation = 0;
	#sorted: Kind[] | undefined;

	constructor(noun: string) {
		this.#noun = noun;
	}

	add(item: Kind): Kind {
		this.#items.set(item.id, item);
		this.changed();
		return item;
	}

	/** Throws a 404 Refusal, for an item of another workspace too. */
	get(id: string): Kind {
		const item = this.#items.get(id);
		if (!item) throw new Refusal(404, `No such ${this.#noun} here.`, { field: this.#noun });
		return item;
	}

	remove(id: string): Kind {
		const item = this.get(id);
		this.#items.delete(id);
		this.changed();
		return item;
	}

	/** To be called when an item was changed in place. */
	changed(): void {
		this.#generation++;
		this.#sorted = undefined;
	}

	all(): Kind[] {
		const latest = ({ updated_at, created_at }: Kind) => updated_at ?? created_at;
		this.#sorted ??= [...this.#items.values()].sort((a, b) => latest(b).localeCompare(latest(a)));
		return this.#sorted;
	}

	/** One page of the items that a filter lets through; throws a Refusal for a wrong limit or cursor. */
	page(
		{ limit: wanted, after }: VendorRequest['query'],
		settings: Readonly<LeadiosaSettings>,
		filter: (item: Kind) => boolean = () => true,
	) {
		const limit = readLimit(wanted);
		const start = after === undefined ? 0 : this.#readCursor(after, settings.expiredCursorStatus);
		const matching = this.all().filter(filter);
		const end = start + limit;
		const hasMore = end < matching.length;
		const next = hasMore && settings.sendsNextCursor ? { next_cursor: this.#cursor(end) } : {};
		return { data: matching.slice(start, end), pagination: { has_more: hasMore, ...next } };
	}

	#cursor(start: number): string {
		return `cur_${Buffer.from(`${this.#generation} ${start}`).toString('base64url')}`;
	}

	#readCursor(cursor: string | string[], refusedWith: number): number {
		const text = Buffer.from(String(cursor).replace(/^cur_/, ''), 'base64url').toString();
		const [generation, start] = text.split(' ').map(Number);
		if (!Number.isInteger(start) || this.#cursor(start) !== cursor) {
			const isOld = Number.isInteger(start) && generation < this.#generation;
			throw new Refusal(refusedWith, isOld ? 'The cursor has expired.' : 'The cursor is not valid.', {
				field: 'after',
			});
		}
		return start;
	}
}

function readLimit(limit: string | string[] | undefined): number {
	if (limit === undefined) return defaultLimit;
	const number = Number(limit);
	if (!Number.isInteger(number) || number < 1 || number > largestLimit) {
		throw new Refusal(400, `'limit' must be a whole number from 1 to ${largestLimit}.`, { field: 'limit' });
	}
	return number;
}
