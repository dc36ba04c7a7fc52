import type { IDataObject } from 'n8n-workflow';

/** A lead at the model server; times in epoch seconds, fractions included. */
export interface TimedLead extends IDataObject {
	id: string;
	created: number;
	updated: number;
}

/** In which order the server gives leads, and so which of them a cut-off answer leaves out. */
export type Order = 'newest' | 'oldest' | 'shuffled';

export interface TimeServerSettings {
	leads: TimedLead[];
	cap: number;
	filterBy?: 'created' | 'updated';
	order?: Order;
	/** How far the clock goes on with each request, in seconds. */
	requestTakes?: number;
	/** The numbers of the leads that somebody edits before each request. */
	edits?: number[][];
	/** Epoch seconds. */
	now: number;
}

/** Answers with at most `cap` leads between two times, both included, and does not say when there are more. */
export class TimeServer {
	readonly requests: Array<[start: number | undefined, end: number | undefined]> = [];

	/** Where answers for one second, or for two neighbours and all between them, were cut off. */
	readonly denseSeconds = new Set<number>();

	/** The last version of each lead that was given out. */
	readonly given = new Map<string, number>();

	now: number;

	readonly #settings: Required<TimeServerSettings>;

	readonly #leads: TimedLead[];

	readonly #edits: number[][];

	constructor(settings: TimeServerSettings) {
		this.#settings = { filterBy: 'created', order: 'newest', requestTakes: 0, edits: [], ...settings };
		this.#leads = [...settings.leads];
		this.#edits = [...this.#settings.edits];
		this.now = settings.now;
		this.#sort();
	}

	readonly fetch = async (start: number | undefined, end: number | undefined): Promise<IDataObject[]> => {
		const { cap, requestTakes } = this.#settings;
		this.requests.push([start, end]);
		this.now += requestTakes;
		this.#edits.shift()?.forEach((number) => this.#edit(number));
		const found = this.#between(start ?? -Infinity, end ?? Infinity);
		const isNarrow = start !== undefined && end !== undefined && end - start <= 1;
		if (isNarrow && found.length >= cap) this.denseSeconds.add(start);
		const answer = this.#cut(found);
		for (const lead of answer) this.given.set(lead.id, lead.updated);
		return answer;
	};

	/** The leads that match now. */
	matching(start = -Infinity, end = Infinity): TimedLead[] {
		return this.#between(start, end);
	}

	#edit(number: number): void {
		if (this.#leads.length === 0) return;
		const place = number % this.#leads.length;
		this.#leads[place] = { ...this.#leads[place], updated: this.now };
		this.#sort();
	}

	#sort(): void {
		const { filterBy } = this.#settings;
		this.#leads.sort((one, other) => one[filterBy] - other[filterBy]);
	}

	/** The leads in a closed interval, oldest first. */
	#between(start: number, end: number): TimedLead[] {
		const { filterBy } = this.#settings;
		const firstWhere = (isBehind: (time: number) => boolean): number => {
			let low = 0;
			let high = this.#leads.length;
			while (low < high) {
				const middle = (low + high) >> 1;
				if (isBehind(this.#leads[middle][filterBy])) high = middle;
				else low = middle + 1;
			}
			return low;
		};
		return this.#leads.slice(
			firstWhere((time) => time >= start),
			firstWhere((time) => time > end),
		);
	}

	/** The part of the found leads that fits into an answer. */
	#cut(found: TimedLead[]): TimedLead[] {
		const { cap, order } = this.#settings;
		if (order === 'oldest') return found.slice(0, cap);
		if (order === 'newest') return found.slice(-cap).reverse();
		// In steps that share no factor with the count: each lead at most once, from everywhere.
		const step = found.length % 7919 === 0 ? 7907 : 7919;
		return found.slice(0, cap).map((_, index) => found[(index * step) % found.length]);
	}
}
