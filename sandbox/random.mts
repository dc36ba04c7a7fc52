/** Seeded randomness (mulberry32): the same seed gives the same sequence, so a failing run can be repeated. */
export class Random {
	#state: number;
	readonly #seed: number;

	constructor(seed: number) {
		this.#seed = seed;
		this.#state = seed;
	}

	/** Starts the sequence again from its seed. */
	reset(): void {
		this.#state = this.#seed;
	}

	/** A fraction in [0, 1). */
	fraction(): number {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number in [0, below). */
	integer(below: number): number {
		return Math.floor(this.fraction() * below);
	}

	pick<Item>(items: ArrayLike<Item>): Item {
		return items[this.integer(items.length)];
	}
}
