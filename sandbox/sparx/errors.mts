import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import { switchesOf, type SparxSettings } from './settings.mts';

/** A refusal with what only Sparx says: a code of its own, and details. */
export class SparxRefusal extends Refusal {
	readonly code?: string;
	readonly details?: unknown;

	constructor(status: number, message: string, { code, details }: { code?: string; details?: unknown } = {}) {
		super(status, message);
		this.code = code;
		this.details = details;
	}
}

const codes: Record<number, string> = {
	400: 'bad_request',
	401: 'unauthorized',
	403: 'forbidden',
	402: 'payment_required',
	404: 'not_found',
	409: 'conflict',
	422: 'validation_error',
	429: 'rate_limited',
	500: 'internal_error',
};

/** What the framework around us says, in the statuses that Sparx uses for it. */
function ownStatus(refusal: Refusal, settings: Readonly<SparxSettings>): number {
	const switches = switchesOf(settings);
	if (refusal.status === 405) return 404;
	if ([400, 413, 415].includes(refusal.status)) return switches.badRequestStatus;
	return refusal.status === 429 ? switches.rateLimitStatus : refusal.status;
}

/** A missing route says so in words and without details, which tells it from a missing record. */
export class MissingRoute extends Refusal {
	constructor() {
		super(404, 'Route not found.');
	}
}

function isMissingRoute(refusal: Refusal): boolean {
	if (refusal instanceof MissingRoute || refusal.status === 405) return true;
	return refusal.status === 404 && !(refusal instanceof SparxRefusal);
}

/** A refusal in Sparx's envelope (docs/vendors/sparx.md, Errors). */
export function errorAnswer(
	refusal: Refusal,
	requestId: string,
	asked: { method: string; path: string },
	settings: Readonly<SparxSettings>,
): Answer {
	const { errorCase, errorDetails } = switchesOf(settings);
	const status = ownStatus(refusal, settings);
	const { code = codes[status] ?? 'internal_error' } = refusal as SparxRefusal;
	const isHidden = status === 500;
	const details = detailsOf(refusal, status);
	const said = isMissingRoute(refusal) ? `Route ${asked.method} ${asked.path} not found.` : refusal.message;
	const answer = jsonAnswer(status, {
		success: false,
		error: {
			code: errorCase === 'upper' ? code.toUpperCase() : code,
			message: isHidden ? 'An internal error occurred.' : said,
			...(errorDetails && !isHidden && details !== undefined && { details }),
			...(errorDetails && { request_id: `req_${requestId.replace(/-/g, '')}` }),
		},
	});
	if (refusal.status !== 429) return answer;
	// Both forms of the refusal say that nothing is left.
	return { ...answer, headers: { ...answer.headers, 'x-ratelimit-remaining': '0' } };
}

function detailsOf(refusal: Refusal, status: number): unknown {
	if (status === 429) return { retry_after_seconds: Number(refusal.headers?.['retry-after'] ?? 1) };
	return (refusal as SparxRefusal).details;
}

/** An order number or a payment's reference that has to be unique is taken. */
export function clash(what: string, settings: Readonly<SparxSettings>): Refusal {
	return new SparxRefusal(switchesOf(settings).clashStatus, `${what} is taken already`);
}

/** An email is taken. */
export function emailClash(settings: Readonly<SparxSettings>): Refusal {
	return new SparxRefusal(switchesOf(settings).emailClashStatus, 'The email is taken already', {
		details: { field: 'email' },
	});
}
