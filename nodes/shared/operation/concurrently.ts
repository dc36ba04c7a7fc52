/** What `concurrently` needs to know about the work. */
export interface Concurrency {
	/** How much is under way at once, at most. */
	limit: number;
	/** Indexes with the same key are worked on one after another, in order; without a key, freely. */
	keyOf(index: number): string | undefined;
	/** Nothing new is started once this says so. */
	isStopped(): boolean;
}

/** Takes what may start next: the followers of a key as soon as the one before has ended, else the next in order. */
class Agenda {
	private readonly followerOf = new Map<number, number>();

	private readonly free: number[] = [];

	private readonly released: number[] = [];

	private position = 0;

	constructor(count: number, keyOf: (index: number) => string | undefined) {
		const latest = new Map<string, number>();
		for (let index = 0; index < count; index++) {
			const key = keyOf(index);
			const before = key === undefined ? undefined : latest.get(key);
			if (before === undefined) this.free.push(index);
			else this.followerOf.set(before, index);
			if (key !== undefined) latest.set(key, index);
		}
	}

	next(): number | undefined {
		return this.released.shift() ?? this.free[this.position++];
	}

	/** The index has ended: the next one of its key may start. */
	end(index: number): void {
		const follower = this.followerOf.get(index);
		if (follower !== undefined) this.released.push(follower);
	}
}

/**
 * Works on the indexes 0 to count - 1, several at a time. Resolves when all that was started has ended.
 * `work` must not reject.
 */
export async function concurrently(
	count: number,
	{ limit, keyOf, isStopped }: Concurrency,
	work: (index: number) => Promise<void>,
): Promise<void> {
	const agenda = new Agenda(count, keyOf);
	const worker = async (): Promise<void> => {
		for (;;) {
			const index = isStopped() ? undefined : agenda.next();
			if (index === undefined) return;
			await work(index);
			agenda.end(index);
		}
	};
	await Promise.all(Array.from({ length: Math.min(limit, count) }, worker));
}
