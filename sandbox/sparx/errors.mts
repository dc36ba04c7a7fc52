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

/** A refusal in Sparx's envelope (contract section 2). */
export function errorAnswer(refusal: Refusal, requestId: string, settings: Readonly<SparxSettings>): Answer {
	const { errorCase, errorDetails } = switchesOf(settings);
	const status = ownStatus(refusal, settings);
	const { code = codes[status] ?? 'internal_error', details } = refusal as SparxRefusal;
	const isHidden = status === 500;
	const answer = jsonAnswer(status, {
		success: false,
		error: {
			code: errorCase === 'upper' ? code.toUpperCase() : code,
			message: isHidden ? 'An internal error occurred.' : refusal.message,
			...(errorDetails && !isHidden && details !== undefined && { details }),
			...(errorDetails && { request_id: `req_${requestId.replace(/-/g, '')}` }),
		},
	});
	if (refusal.status !== 429) return answer;
	return { ...answer, headers: { ...answer.headers, 'x-ratelimit-remaining': '0' } };
}

/** A value that has to be unique is taken (contract section 2, rows 409 and 500). */
export function clash(what: string, settings: Readonly<SparxSettings>): Refusal {
	return new SparxRefusal(switchesOf(settings).clashStatus, `${what} is taken already`);
}
