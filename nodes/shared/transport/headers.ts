const SECOND_MS = 1000;

/** Seconds since the epoch of 2001: a smaller number in a reset header is a delay, not a date. */
const SMALLEST_EPOCH_S = 1_000_000_000;
const SMALLEST_EPOCH_MS = SMALLEST_EPOCH_S * SECOND_MS;

const NUMBER = /^\d{1,15}(\.\d+)?$/;

/** An HTTP date, in any of its three forms, or an ISO date; other text is no date, whatever `Date.parse` makes of it. */
const DATE = /^((mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? |\d{4}-\d\d-\d\dT)/i;

function dateMs(value: string): number {
	return DATE.test(value) ? Date.parse(value) : NaN;
}

function serverNow(headers: Record<string, string>, now: number): number {
	const date = dateMs(headers.date ?? '');
	return Number.isNaN(date) ? now : date;
}

function retryAfterMs(value: string, headers: Record<string, string>, now: number): number | undefined {
	const numbers = value.split(/\s*,\s*/);
	// A header that came more than once: none of its waits may be cut short.
	if (numbers.every((number) => NUMBER.test(number))) return Math.max(...numbers.map(Number)) * SECOND_MS;
	// A date is judged by the server's own clock, which may differ from ours.
	const date = dateMs(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - serverNow(headers, now));
}

function resetMs(value: string, headers: Record<string, string>, now: number): number | undefined {
	if (!NUMBER.test(value)) return retryAfterMs(value, headers, now);
	const reset = Number(value);
	if (reset >= SMALLEST_EPOCH_MS) return Math.max(0, reset - serverNow(headers, now));
	if (reset >= SMALLEST_EPOCH_S) return Math.max(0, reset * SECOND_MS - serverNow(headers, now));
	return reset * SECOND_MS;
}

const RESET_HEADERS = ['x-ratelimit-reset', 'x-rate-limit-reset', 'ratelimit-reset'];
const LIMIT_HEADERS = ['x-ratelimit-limit', 'x-rate-limit-limit', 'ratelimit-limit'];
const REMAINING_HEADERS = ['x-ratelimit-remaining', 'x-rate-limit-remaining', 'ratelimit-remaining'];

function first(headers: Record<string, string>, names: string[], field: RegExp): string | undefined {
	const ofDraft = field.exec(headers.ratelimit ?? '')?.[1];
	return [...names.map((name) => headers[name]), ofDraft].find((value) => value !== undefined);
}

function wholeNumber(value: string | undefined): number | undefined {
	const digits = /^\s*(\d{1,15})(?!\d)/.exec(value ?? '');
	return digits ? Number(digits[1]) : undefined;
}

/** What a server says about its rate limit. Times are milliseconds from now. */
export interface RateLimitHeaders {
	/** How long the server asks to wait, in ms from now. */
	retryAfterMs?: number;
	/** Requests that a window allows. */
	limit?: number;
	/** Requests that are left in the window. */
	remaining?: number;
	/** When the window ends, in ms from now. */
	resetMs?: number;
}

/**
 * Reads Retry-After (seconds, decimals or an HTTP date) and the X-RateLimit / RateLimit family (reset as seconds
 * left, epoch seconds, epoch milliseconds or a date). What it cannot read it leaves out.
 * @param headers names in lower case
 * @param now milliseconds since the epoch
 */
export function readRateLimitHeaders(headers: Record<string, string>, now: number): RateLimitHeaders {
	const retryAfter = headers['retry-after']?.trim();
	const reset = first(headers, RESET_HEADERS, /\b(?:t|reset)=(\d+)/)?.trim();
	return {
		retryAfterMs: retryAfter === undefined ? undefined : retryAfterMs(retryAfter, headers, now),
		limit: wholeNumber(first(headers, LIMIT_HEADERS, /\blimit=(\d+)/)),
		remaining: wholeNumber(first(headers, REMAINING_HEADERS, /\b(?:r|remaining)=(\d+)/)),
		resetMs: reset === undefined ? undefined : resetMs(reset, headers, now),
	};
}
