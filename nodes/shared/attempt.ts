/** How something ended that may throw. */
export type Attempt<Value> = { ok: true; value: Value } | { ok: false; error: unknown };

/** Does something that may throw, and gives what came of it. */
export function attempt<Value>(work: () => Value): Attempt<Value> {
	try {
		return { ok: true, value: work() };
	} catch (error) {
		return { ok: false, error };
	}
}

/** Does something that may reject, and gives what came of it. */
export async function attemptAsync<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
	try {
		return { ok: true, value: await work() };
	} catch (error) {
		return { ok: false, error };
	}
}
