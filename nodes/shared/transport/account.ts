import { createHash } from 'node:crypto';
import type { Clock } from '../clock';
import { RetryBudget } from './retryBudget';
import { KeyedMutex } from './keyedMutex';
import { RateLimiter, type RateLimits } from './rateLimit/rateLimiter';

/** What all requests with one API key share, whichever node or execution of this process sends them. */
export interface Account {
	/** The one queue of all requests that share the vendor's limit. */
	rateLimiter: RateLimiter;
	/** How many retries all requests of the account may still cost. */
	retryBudget: RetryBudget;
	/** Keeps requests with one key apart. */
	mutex: KeyedMutex;
}

/** An account that nobody used for this long has nothing left to remember: the longest window in use is one hour. */
const IDLE_MS = 2 * 60 * 60 * 1000;

const accounts = new Map<string, Account>();

/**
 * The living account of an identity; the same object every time.
 * @param identity what tells the account from others (vendor, host, key); only its hash is kept
 * @param limits the account's limits as they are stated now; they apply to all that use the account from now on
 */
export function accountFor(identity: string[], limits: RateLimits, clock: Clock): Account {
	const key = createHash('sha256').update(JSON.stringify(identity)).digest('base64');
	for (const [otherKey, { rateLimiter }] of accounts) {
		if (otherKey !== key && rateLimiter.isIdle(IDLE_MS)) accounts.delete(otherKey);
	}
	const known = accounts.get(key);
	if (known) {
		known.rateLimiter.updateLimits(limits);
		return known;
	}
	const account = {
		rateLimiter: new RateLimiter(limits, clock),
		retryBudget: new RetryBudget(),
		mutex: new KeyedMutex(),
	};
	accounts.set(key, account);
	return account;
}
