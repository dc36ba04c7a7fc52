import { outcomeOfError, transportCode } from '../../../nodes/shared/transport/outcome';

/** What n8n 1.123's helper throws: no cause, no code of its own, the code of what it caught as `httpCode`. */
const wrapped = (httpCode: string | null) =>
	Object.assign(new Error('The connection was closed'), { name: 'NodeApiError', httpCode });

it.each([
	['ECONNRESET', 'ambiguous'],
	['ECONNABORTED', 'ambiguous'],
	['ECONNREFUSED', 'notSent'],
	['ENOTFOUND', 'notSent'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'failed'],
	['ERR_CANCELED', 'cancelled'],
])('reads %s in an error of n8n 1.x as %s', (httpCode, outcome) => {
	expect(outcomeOfError(wrapped(httpCode))).toBe(outcome);
	expect(transportCode(wrapped(httpCode))).toBe(httpCode);
});

it('takes no HTTP status for a code', () => {
	expect(transportCode(wrapped('404'))).toBeUndefined();
	expect(transportCode(wrapped(null))).toBeUndefined();
});
