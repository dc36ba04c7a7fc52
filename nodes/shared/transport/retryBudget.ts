const CAPACITY = 500;
const COST_OF_RETRY = 5;
const COST_OF_RETRY_AFTER_TIMEOUT = 10;
const GAIN_OF_SUCCESS = 1;

/**
 * Tokens that retries of one account spend and successes earn: when most requests fail, retrying stops, so a
 * thousand failing items do not become four thousand requests. (The figures are those of AWS's SDKs.)
 */
export class RetryBudget {
	private tokens = CAPACITY;

	/** Takes the price of one retry; `undefined` when there is not enough left. */
	take(afterTimeout: boolean): number | undefined {
		const price = afterTimeout ? COST_OF_RETRY_AFTER_TIMEOUT : COST_OF_RETRY;
		if (this.tokens < price) return undefined;
		this.tokens -= price;
		return price;
	}

	/** A request succeeded: what its retries cost comes back. */
	giveBack(spent: number): void {
		this.tokens = Math.min(CAPACITY, this.tokens + (spent || GAIN_OF_SUCCESS));
	}
}
