/**
 * Items in order of a time they carry, for range queries over many. Sorting waits for the next query, so that bulk
 * inserts and changed times cost nothing each; a nearly sorted array sorts in linear time.
 */
export class TimeIndex<Item> {
	readonly #items: Item[] = [];
	readonly #timeOf: (item: Item) => number;
	#sorted = true;

	constructor(timeOf: (item: Item) => number) {
		this.#timeOf = timeOf;
	}

	add(item: Item): void {
		this.#items.push(item);
		this.#sorted = false;
	}

	/** Says that the time of some item changed. */
	invalidate(): void {
		this.#sorted = false;
	}

	/** Items with `from <= time <= to`, oldest first. */
	between(from: number, to: number): Item[] {
		if (!this.#sorted) this.#items.sort((a, b) => this.#timeOf(a) - this.#timeOf(b));
		this.#sorted = true;
		return this.#items.slice(
			this.#firstWhere((time) => time >= from),
			this.#firstWhere((time) => time > to),
		);
	}

	#firstWhere(reached: (time: number) => boolean): number {
		let low = 0;
		let high = this.#items.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (reached(this.#timeOf(this.#items[middle]))) high = middle;
			else low = middle + 1;
		}
		return low;
	}
}
