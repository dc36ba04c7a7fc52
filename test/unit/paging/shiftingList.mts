import fc from 'fast-check';

/** A record with its place in the order of the list, which it keeps while others come and go. */
export interface Row {
	id: string;
	order: number;
}

/** What other people do to a list between two requests: records come or go at a place, counted from the top. */
export interface Change {
	place: number;
	insert: number;
	remove: number;
}

/** A walk over a small list that needs more requests than this will never end. */
const TOO_MANY_REQUESTS = 1000;

/** A list at a server that others change: after each request the next changes are made. */
export class ShiftingList {
	requests = 0;

	readonly #changes: Change[][];

	#rows: Row[];

	#steadfast: Set<string>;

	#added = 0;

	constructor(count: number, changes: Change[][] = []) {
		this.#rows = Array.from({ length: count }, (_, index) => ({ id: `r${index}`, order: index }));
		this.#steadfast = new Set(this.#rows.map(({ id }) => id));
		this.#changes = [...changes];
	}

	get total(): number {
		return this.#rows.length;
	}

	/** The IDs of the records that were there all the time. */
	get steadfast(): Set<string> {
		return this.#steadfast;
	}

	/** Gives the records at a place; then others change the list. */
	slice(start: number, count: number): Row[] {
		if (++this.requests > TOO_MANY_REQUESTS) throw new Error('This walk does not end');
		const rows = this.#rows.slice(start, start + count);
		this.#changes.shift()?.forEach((change) => this.#apply(change));
		return rows;
	}

	/** The place of the first record behind one that may be gone. */
	placeBehind(order: number): number {
		return this.#rows.filter((row) => row.order <= order).length;
	}

	#apply({ place, insert, remove }: Change): void {
		const start = Math.min(place, this.#rows.length);
		const before = this.#rows[start - 1]?.order ?? -1;
		const step = ((this.#rows[start]?.order ?? before + 1) - before) / (insert + 1);
		const added = Array.from({ length: insert }, (_, index) => ({
			id: `new${this.#added++}`,
			order: before + (index + 1) * step,
		}));
		const removed = this.#rows.splice(start, remove, ...added);
		removed.forEach(({ id }) => this.#steadfast.delete(id));
	}
}

const sizes = { small: fc.nat(3), place: fc.nat(45) };

export const insertsAtTheTop = changesOf(
	fc.record({ place: fc.constant(0), insert: sizes.small, remove: fc.constant(0) }),
);
export const insertsAnywhere = changesOf(
	fc.record({ place: sizes.place, insert: sizes.small, remove: fc.constant(0) }),
);
export const deletionsAtTheTop = changesOf(
	fc.record({ place: fc.constant(0), insert: fc.constant(0), remove: fc.nat(15) }),
);
export const deletionsAnywhere = changesOf(
	fc.record({ place: sizes.place, insert: fc.constant(0), remove: fc.nat(15) }),
);
export const anyChanges = changesOf(
	fc.record({ place: sizes.place, insert: sizes.small, remove: fc.nat(15) }),
);

function changesOf(change: fc.Arbitrary<Change>): fc.Arbitrary<Change[][]> {
	return fc.array(fc.array(change, { maxLength: 2 }), { maxLength: 12 });
}
