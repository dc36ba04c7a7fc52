import { attempt, attemptAsync } from '../attempt';
import type { Account } from './account';
import type { Clock } from '../clock';
import { readRateLimitHeaders } from './headers';
import type { HttpCall, HttpRequest, HttpResponse } from './http';
import {
	mayRetry,
	outcomeOfError,
	outcomeOfResponse,
	transportCode,
	type Outcome,
	type Safety,
} from './outcome';
import { nextTicket, WaitTooLongError, type Permit } from './rateLimit/rateLimiter';
import type { RateLimit } from './rateLimit/rollingWindow';
import { RequestError } from './requestError';
import { shownWait, type RequestLog } from './requestLog';

/** Retries of a request that may not have arrived: after about 1, 2, 4, 8 and 16 seconds. */
const MAX_RETRIES = 5;
const BACKOFF_BASE_MS = 1000;

const TIMEOUT_CODES = ['ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** An answer with a good status: its body as JSON, or as text where the vendor sent no JSON. */
export interface Answer {
	/** The answer as it came. */
	response: HttpResponse;
	/** Its body, parsed where it is JSON. */
	data: unknown;
}

/** What `sendWithRetry` needs beside the request. */
export interface Sending {
	/** Sends one request once. */
	http: HttpCall;
	/** Whose limits and retries it counts for. */
	account: Account;
	/** Time and waiting. */
	clock: Clock;
	/** Whether it may be sent again on an uncertain outcome. */
	safety: Safety;
	/** The account's limits that the request counts towards. */
	limits: string[];
	/** The longest the request may wait for the rate limit in all, in milliseconds. */
	maxWaitMs: number;
	/** Answers that mean "rate limit" though their status is not 429. */
	isRateLimit?: (response: HttpResponse) => boolean;
	/** Ends waiting and sending when the execution is stopped. */
	signal?: AbortSignal;
	/** Told how long the request has just waited, in milliseconds, and for which limit. */
	onWait?: (ms: number, limit?: RateLimit) => void;
	/** Told of waits and of each further try, with its reason. */
	log?: RequestLog;
}

interface Try {
	outcome: Outcome;
	response?: HttpResponse;
	data?: unknown;
	cause?: unknown;
	unreadable?: boolean;
}

/**
 * Reads the body of an answer with a good status.
 * @throws SyntaxError when it claims to be JSON and is not, or is a web page
 */
export function readBody(response: HttpResponse): unknown {
	const { body } = response;
	if (body.trim() === '') return undefined;
	const contentType = response.headers['content-type'] ?? 'application/json';
	if (/json|html/i.test(contentType)) return JSON.parse(body);
	const json = attempt(() => JSON.parse(body) as unknown);
	return json.ok ? json.value : body;
}

async function tryOnce(request: HttpRequest, { http, isRateLimit }: Sending): Promise<Try> {
	const called = await attemptAsync(async () => await http(request));
	if (!called.ok) return { outcome: outcomeOfError(called.error), cause: called.error };
	const response = called.value;
	const outcome = outcomeOfResponse(response, isRateLimit);
	if (outcome !== 'answered') return { outcome, response };
	const read = attempt(() => readBody(response));
	return read.ok
		? { outcome, response, data: read.value }
		: { outcome: 'ambiguous', response, cause: read.error, unreadable: true };
}

function closePermit(permit: Permit, { outcome, response }: Try): void {
	if (outcome === 'throttled') permit.throttled(response?.headers ?? {});
	else if (outcome === 'notSent') permit.cancel();
	else permit.complete(response?.headers);
}

async function acquirePermit(ticket: number, waitedMs: number, sending: Sending): Promise<Permit> {
	const { account, limits, maxWaitMs, signal, onWait, log } = sending;
	const permit = await account.rateLimiter.acquire({
		limits,
		ticket,
		maxWaitMs: maxWaitMs - waitedMs,
		signal,
		log,
	});
	onWait?.(permit.waitedMs, permit.waitedFor);
	return permit;
}

/** How a try ended, for the log. */
function endingOf({ outcome, response, cause }: Try, attempts: number): string {
	const how = response ? `status ${response.status}` : (transportCode(cause) ?? 'no answer');
	return `try ${attempts} ended as ${outcome} (${how})`;
}

/** @param throttled how the last try ended, if it was throttled: the vendor's own words belong into the error */
function refusedWait(
	error: unknown,
	safety: Safety,
	attempts: number,
	throttled: HttpResponse | undefined,
): RequestError {
	if (error instanceof WaitTooLongError)
		return new RequestError({
			outcome: 'throttled',
			response: throttled,
			waitMs: error.waitMs,
			safety,
			attempts,
		});
	return new RequestError({ outcome: 'cancelled', cause: error, safety, attempts });
}

/**
 * Sends a request within the account's rate limits and sends it again where that is safe: when it was throttled or never
 * delivered always (throttled: until Max Wait is over), when it may have arrived only if a second time does no harm.
 * A 404 to a delete that may have arrived before is its success.
 * @throws RequestError for every ending but an answer with a good status
 */
export async function sendWithRetry(request: HttpRequest, sending: Sending): Promise<Answer> {
	const { account, clock, safety, signal, maxWaitMs, log } = sending;
	const ticket = nextTicket();
	let waitedMs = 0;
	let retries = 0;
	let spent = 0;
	let mayHaveArrived = false;
	let throttled: HttpResponse | undefined;

	for (let attempts = 1; ; attempts++) {
		const permit = await acquirePermit(ticket, waitedMs, sending).catch((error) => {
			throw refusedWait(error, safety, attempts - 1, throttled);
		});
		waitedMs += permit.waitedMs;

		const result = await tryOnce(request, sending);
		closePermit(permit, result);
		const { outcome, response } = result;

		if (response && outcome === 'answered') {
			account.retryBudget.giveBack(spent);
			return { response, data: result.data };
		}
		if (response?.status === 404 && request.method === 'DELETE' && mayHaveArrived) {
			return { response, data: undefined };
		}
		const failure = new RequestError({
			...result,
			outcome: outcome === 'answered' ? 'failed' : outcome,
			safety,
			attempts,
		});
		if (!mayRetry(outcome, safety)) throw failure;

		throttled = outcome === 'throttled' ? response : undefined;
		if (outcome === 'throttled') {
			log?.(`goes back into the queue: ${endingOf(result, attempts)}`);
			continue;
		}
		mayHaveArrived ||= outcome === 'ambiguous';
		const { retryAfterMs: askedMs = 0 } = readRateLimitHeaders(response?.headers ?? {}, clock.now());
		if (askedMs > maxWaitMs - waitedMs) throw new RequestError({ ...failure.ending, waitMs: askedMs });
		waitedMs += askedMs;
		const price =
			retries < MAX_RETRIES
				? account.retryBudget.take(TIMEOUT_CODES.includes(transportCode(result.cause) ?? ''))
				: undefined;
		if (price === undefined) {
			log?.(`is not sent again, after too many tries: ${endingOf(result, attempts)}`);
			throw failure;
		}
		spent += price;
		const backoffMs = Math.max(clock.random() * BACKOFF_BASE_MS * 2 ** retries++, askedMs);
		log?.(`is sent again in ${shownWait(backoffMs)}: ${endingOf(result, attempts)}`);
		await clock.sleep(backoffMs, signal).catch((cause) => {
			throw new RequestError({ outcome: 'cancelled', cause, safety, attempts });
		});
	}
}
