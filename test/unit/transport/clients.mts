import { accountFor, type Account } from '../../../nodes/shared/transport/account.ts';
import type { RateLimits } from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
import type { HttpCall, HttpRequest } from '../../../nodes/shared/transport/http.ts';
import { sendWithRetry, type Answer, type Sending } from '../../../nodes/shared/transport/retry.ts';
import type { FakeClock } from '../support/fakeClock.mts';
import type { ModelServer } from '../support/modelServer.mts';

let accounts = 0;

/** An account that nobody else uses, on virtual time. */
export function newAccount(clock: FakeClock, limits: RateLimits): Account {
	return accountFor([`account ${++accounts}`], limits, clock);
}

export function getRequest(url: string): HttpRequest {
	return { method: 'GET', url, headers: {}, timeoutMs: 60_000 };
}

/** How a test sends unless it says otherwise: a read that may wait for as long as it takes. */
export function sendingTo(http: HttpCall, account: Account, clock: FakeClock): Sending {
	return { http, account, clock, safety: 'safe', limits: ['general'], maxWaitMs: Infinity };
}

/** The addresses `prefix/0` ... `prefix/<count - 1>`. */
export function urls(count: number, prefix = 'https://api.example.com'): string[] {
	return Array.from({ length: count }, (_, index) => `${prefix}/${index}`);
}

/** One execution: sends to the addresses in order, some at once, as the operation runner does. */
export async function execute(addresses: string[], atOnce: number, sending: Sending): Promise<Answer[]> {
	const answers: Answer[] = [];
	let next = 0;
	const worker = async (): Promise<void> => {
		while (next < addresses.length) {
			const index = next++;
			answers[index] = await sendWithRetry(getRequest(addresses[index]), sending);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return answers;
}

/** When the requests arrived, counted from the first one, in ms. */
export function arrivalTimes({ arrivals }: ModelServer): number[] {
	return arrivals.map(({ at }) => at - arrivals[0].at);
}
