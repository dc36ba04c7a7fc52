/** Lets requests of one account that would disturb each other go one after another, first come, first served. */
export class KeyedMutex {
	private readonly last = new Map<string, Promise<unknown>>();

	/** Does the work once all earlier work of the same name has ended, well or not; gives or throws what it does. */
	async runExclusive<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
		const before = this.last.get(name) ?? Promise.resolve();
		const own = before.then(work);
		const ended = own.catch(() => undefined);
		this.last.set(name, ended);
		return await own;
	}
}
