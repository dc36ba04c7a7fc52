interface RouteCount {
	requests: number;
	/** How many answers of each status; one whose connection was reset before or after is not an answer. */
	statuses: Record<string, number>;
	/** Faults injected, by kind. */
	faults: Record<string, number>;
}

const increment = (counts: Record<string, number>, key: string | number) => {
	counts[key] = (counts[key] ?? 0) + 1;
};

/** Counts what a vendor received, answered and wrote. */
export class Statistics {
	#routes = new Map<string, RouteCount>();
	#writes = new Map<string, Map<string, number>>();

	clear(): void {
		this.#routes.clear();
		this.#writes.clear();
	}

	/** `route` reads like `POST /leads`. */
	countRequest(route: string): void {
		this.#route(route).requests++;
	}

	countAnswer(route: string, status: number): void {
		increment(this.#route(route).statuses, status);
	}

	countFault(route: string, kind: string): void {
		increment(this.#route(route).faults, kind);
	}

	/** Notes one applied write of a kind (create, update, call) to what `identity` names (an email, a lead id). */
	countWrite(kind: string, identity: string): void {
		const writes = this.#writes.get(kind) ?? new Map<string, number>();
		this.#writes.set(kind, writes.set(identity, (writes.get(identity) ?? 0) + 1));
	}

	#route(route: string): RouteCount {
		const existing = this.#routes.get(route);
		if (existing) return existing;
		const created = { requests: 0, statuses: {}, faults: {} };
		this.#routes.set(route, created);
		return created;
	}

	/** Applied writes of one kind, counted per identity. */
	writes(kind: string): Record<string, number> {
		return Object.fromEntries(this.#writes.get(kind) ?? []);
	}

	/** Identities written more than once by one kind of write: a lead created twice, a phone rung twice. */
	duplicates(kind: string): Record<string, number> {
		return Object.fromEntries([...(this.#writes.get(kind) ?? [])].filter(([, count]) => count > 1));
	}

	/** Totals, then the same by route and by kind of write. `rejected` counts answers of 400 and above, by status. */
	summary() {
		const routes = Object.fromEntries(this.#routes);
		const rejected: Record<string, number> = {};
		let requests = 0;
		for (const route of this.#routes.values()) {
			requests += route.requests;
			for (const [status, count] of Object.entries(route.statuses)) {
				if (Number(status) >= 400) rejected[status] = (rejected[status] ?? 0) + count;
			}
		}
		const writes = Object.fromEntries(
			[...this.#writes].map(([kind, counts]) => {
				const numbers = [...counts.values()];
				const total = numbers.reduce((sum, count) => sum + count, 0);
				const duplicated = numbers.filter((count) => count > 1).length;
				return [kind, { total, distinct: counts.size, duplicated }];
			}),
		);
		return structuredClone({ requests, rejected, routes, writes });
	}
}
