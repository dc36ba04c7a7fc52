import { createHash } from 'node:crypto';
import { Budget, type RateLimits } from './budget';
import type { Clock } from './clock';
import { RetryBudget } from './retryBudget';
import { KeyedMutex } from './keyedMutex';

/** What all requests with one API key share, whichever node or execution of this process sends them. */
export interface Account {
	rateLimiter: Budget;
	retryBudget: RetryBudget;
	mutex: KeyedMutex;
}

/** An account that nobody used for this long has nothing left to remember: the longest window in use is one hour. */
const IDLE_MS = 2 * 60 * 60 * 1000;

const accounts = new Map<string, Account>();

/**
 * The account behind an API key; the same object every time.
 * @param identity what tells the account from others (vendor, host, key); only its hash is kept
 */
export function accountFor(identity: string[], limits: RateLimits, clock: Clock): Account {
	const key = createHash('sha256')
		.update(JSON.stringify([identity, limits]))
		.digest('base64');
	for (const [otherKey, { rateLimiter }] of accounts) {
		if (otherKey !== key && rateLimiter.isIdle(IDLE_MS)) accounts.delete(otherKey);
	}
	const known = accounts.get(key);
	if (known) return known;
	const account = {
		rateLimiter: new Budget(limits, clock),
		retryBudget: new RetryBudget(),
		mutex: new KeyedMutex(),
	};
	accounts.set(key, account);
	return account;
}
