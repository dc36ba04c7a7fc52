import { CancelledError } from '../clock';
import type { HttpResponse } from './http';

/** Whether sending an operation twice does harm. Declared by each operation, never guessed from the HTTP method. */
export type Safety = 'safe' | 'idempotent' | 'nonIdempotent';

/**
 * What a try came to.
 * - `answered`: the vendor did what was asked
 * - `throttled`: refused for the rate limit, certainly not done
 * - `notSent`: never reached the vendor
 * - `ambiguous`: may or may not have been done
 * - `failed`: refused for good; a second try would end the same way
 * - `cancelled`: the user stopped the execution
 */
export type Outcome = 'answered' | 'throttled' | 'notSent' | 'ambiguous' | 'failed' | 'cancelled';

/** Marks errors that n8n's own egress guard wants nobody to retry. */
const NON_RETRYABLE = Symbol.for('n8n.backend-network.non-retryable-error');

const NOT_SENT_CODES = [
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
];

const AMBIGUOUS_CODES = [
	'ECONNRESET',
	'ECONNABORTED',
	'ETIMEDOUT',
	'EPIPE',
	'ERR_BAD_RESPONSE',
	'ERR_STREAM_PREMATURE_CLOSE',
	'UND_ERR_SOCKET',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
];

const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)/;

interface ErrorLink {
	code?: unknown;
	/** n8n 1.x throws what it caught without its cause, and with its code in place of an HTTP status. */
	httpCode?: unknown;
	name?: unknown;
	message?: unknown;
	syscall?: unknown;
	isAxiosError?: unknown;
	cause?: unknown;
	[NON_RETRYABLE]?: unknown;
}

function errorChain(error: unknown): ErrorLink[] {
	const chain: ErrorLink[] = [];
	let link = error;
	while (typeof link === 'object' && link !== null && !chain.includes(link)) {
		chain.push(link);
		link = (link as ErrorLink).cause;
	}
	return chain;
}

/** The system's code for what went wrong on the way (such as ECONNRESET), if there is one. */
export function transportCode(error: unknown): string | undefined {
	const codes = errorChain(error).flatMap(({ code, httpCode }) => [code, httpCode]);
	return codes.find((code): code is string => typeof code === 'string' && !/^\d+$/.test(code));
}

/** Whether the other side could not prove who it is, or no encrypted connection came about. */
export function isTlsFailure(error: unknown): boolean {
	return TLS_CODE.test(transportCode(error) ?? '');
}

/** Whether n8n itself does not let requests through to this address. */
export function isBlockedByHost(error: unknown): boolean {
	return errorChain(error).some((link) => link[NON_RETRYABLE] === true);
}

/** What went wrong in the words of whoever threw it first; undefined where nobody said anything. */
export function innermostMessage(error: unknown): string | undefined {
	const messages = errorChain(error).map(({ message }) => message);
	return messages
		.reverse()
		.find((message): message is string => typeof message === 'string' && message !== '');
}

/** Reads a thrown error: what became of the request that ended in it? */
export function outcomeOfError(error: unknown): Outcome {
	const chain = errorChain(error);
	const code = transportCode(error) ?? '';
	const isCancel = (link: ErrorLink): boolean =>
		link instanceof CancelledError || link.name === 'CanceledError' || link.name === 'AbortError';
	if (code === 'ERR_CANCELED' || chain.some(isCancel)) return 'cancelled';
	if (isBlockedByHost(error) || isTlsFailure(error)) return 'failed';
	if (NOT_SENT_CODES.includes(code)) return 'notSent';
	if (code === 'ETIMEDOUT' && chain.some((link) => link.syscall === 'connect')) return 'notSent';
	// Of a request error that we cannot name, only one thing is safe to say: it may have arrived.
	if (AMBIGUOUS_CODES.includes(code) || chain.some((link) => link.isAxiosError === true)) return 'ambiguous';
	return 'failed';
}

/** Reads an answer: what became of the request that it answers? `isRateLimit` adds a vendor's own way to say 429. */
export function outcomeOfResponse(
	response: HttpResponse,
	isRateLimit?: (response: HttpResponse) => boolean,
): Outcome {
	const { status } = response;
	if (status === 429 || isRateLimit?.(response)) return 'throttled';
	if (status >= 200 && status < 300) return 'answered';
	if (status === 408 || status >= 500) return 'ambiguous';
	return 'failed';
}

/** Whether a request of this safety may be sent again after this outcome. */
export function mayRetry(outcome: Outcome, safety: Safety): boolean {
	if (outcome === 'throttled' || outcome === 'notSent') return true;
	return outcome === 'ambiguous' && safety !== 'nonIdempotent';
}
