import { NodeApiError, type JsonObject } from 'n8n-workflow';
import { CancelledError } from '../../../nodes/shared/clock.ts';
import {
	mayRetry,
	outcomeOfError,
	outcomeOfResponse,
	transportCode,
	type Outcome,
	type Safety,
} from '../../../nodes/shared/transport/outcome.ts';
import { node } from './vendorExample.mts';

/** As axios throws it; what the system said is on the error itself and on its cause. */
function axiosError(code: string | undefined, more: object = {}): Error {
	const cause = Object.assign(new Error(`system says ${code}`), { code, ...more });
	return Object.assign(new Error(`request failed: ${code}`), {
		name: 'AxiosError',
		isAxiosError: true,
		code,
		cause,
	});
}

/** As n8n's helper throws it. */
function wrapped(error: Error, times = 1): Error {
	if (times === 0) return error;
	return new NodeApiError(node, wrapped(error, times - 1) as unknown as JsonObject);
}

const table: Array<[Outcome, string[]]> = [
	[
		'notSent',
		[
			'ECONNREFUSED',
			'ENOTFOUND',
			'EAI_AGAIN',
			'EHOSTUNREACH',
			'ENETUNREACH',
			'ENETDOWN',
			'EADDRNOTAVAIL',
			'UND_ERR_CONNECT_TIMEOUT',
		],
	],
	[
		'ambiguous',
		[
			'ECONNRESET',
			'ECONNABORTED',
			'ETIMEDOUT',
			'EPIPE',
			'ERR_BAD_RESPONSE',
			'ERR_STREAM_PREMATURE_CLOSE',
			'UND_ERR_SOCKET',
			'UND_ERR_HEADERS_TIMEOUT',
			'UND_ERR_BODY_TIMEOUT',
			'HPE_INVALID_CONSTANT',
			'SOMETHING_NEW',
		],
	],
	[
		'failed',
		[
			'CERT_HAS_EXPIRED',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
			'ERR_TLS_CERT_ALTNAME_INVALID',
			'ERR_SSL_WRONG_VERSION_NUMBER',
			'EPROTO',
		],
	],
];
const codes = table.flatMap(([outcome, ofOutcome]) => ofOutcome.map((code) => [code, outcome] as const));

describe('what was thrown', () => {
	it.each(codes)('%s is %s, however deep n8n buries it', (code, outcome) => {
		for (const error of [axiosError(code), wrapped(axiosError(code)), wrapped(axiosError(code), 3)]) {
			expect(outcomeOfError(error)).toBe(outcome);
			expect(transportCode(error)).toBe(code);
		}
		expect(outcomeOfError({ message: 'outer', cause: { cause: { code, isAxiosError: true } } })).toBe(
			outcome,
		);
	});

	const onlyOfRequests = ['HPE_INVALID_CONSTANT', 'SOMETHING_NEW'];

	it.each(codes.filter(([code]) => !onlyOfRequests.includes(code)))(
		'%s is %s by its code alone',
		(code, outcome) => {
			expect(outcomeOfError({ code })).toBe(outcome);
		},
	);

	it('a timeout while connecting never reached the vendor; one while reading may have', () => {
		expect(outcomeOfError(wrapped(axiosError('ETIMEDOUT', { syscall: 'connect' })))).toBe('notSent');
		expect(outcomeOfError(wrapped(axiosError('ETIMEDOUT', { syscall: 'read' })))).toBe('ambiguous');
		expect(outcomeOfError(wrapped(axiosError('ETIMEDOUT')))).toBe('ambiguous');
		expect(outcomeOfError(wrapped(axiosError('ECONNABORTED')))).toBe('ambiguous');
	});

	it('is what the request helper cannot name: it may have arrived', () => {
		expect(outcomeOfError(wrapped(axiosError(undefined)))).toBe('ambiguous');
	});

	it("is final where n8n's egress guard says that nobody shall try again", () => {
		const guarded = Object.assign(axiosError('ECONNREFUSED'), {
			[Symbol.for('n8n.backend-network.non-retryable-error')]: true,
		});
		expect(outcomeOfError(guarded)).toBe('failed');
		expect(outcomeOfError(wrapped(guarded, 2))).toBe('failed');
	});

	it.each([
		['our own', new CancelledError()],
		[
			"axios's",
			Object.assign(new Error('canceled'), {
				name: 'CanceledError',
				code: 'ERR_CANCELED',
				isAxiosError: true,
			}),
		],
		["the platform's", Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })],
	])('is a cancelled execution by %s word', (_, error) => {
		expect(outcomeOfError(error)).toBe('cancelled');
		expect(outcomeOfError(wrapped(error))).toBe('cancelled');
	});

	it.each([[undefined], [null], ['text'], [0], [{}], [new TypeError('ours')]])(
		'is final where no request is to blame: %p',
		(thrown) => {
			expect(outcomeOfError(thrown)).toBe('failed');
			expect(transportCode(thrown)).toBeUndefined();
		},
	);

	it('is read although it is its own cause', () => {
		const error: { code: string; cause?: unknown } = { code: 'ECONNRESET' };
		error.cause = { cause: error };
		expect(outcomeOfError(error)).toBe('ambiguous');
	});
});

describe('what was answered', () => {
	const answer = (status: number) => ({ status, headers: {}, body: '' });

	it.each<[Outcome, number[]]>([
		['answered', [200, 201, 202, 204, 299]],
		['throttled', [429]],
		['ambiguous', [408, 500, 501, 502, 503, 504, 520, 524, 599]],
		['failed', [301, 302, 304, 307, 400, 401, 402, 403, 404, 405, 409, 410, 415, 422, 423, 451]],
	])('is %s for %j', (outcome, statuses) => {
		expect(statuses.map((status) => outcomeOfResponse(answer(status)))).toEqual(statuses.map(() => outcome));
	});

	it("is rejected where the vendor's own rule says so, whatever the status", () => {
		expect(outcomeOfResponse(answer(403), ({ status }) => status === 403)).toBe('throttled');
		expect(outcomeOfResponse(answer(200), () => true)).toBe('throttled');
		expect(outcomeOfResponse(answer(403), () => false)).toBe('failed');
	});
});

describe('whether to try again', () => {
	const retried: Record<Safety, Outcome[]> = {
		safe: ['throttled', 'notSent', 'ambiguous'],
		idempotent: ['throttled', 'notSent', 'ambiguous'],
		nonIdempotent: ['throttled', 'notSent'],
	};
	const outcomes: Outcome[] = ['answered', 'throttled', 'notSent', 'ambiguous', 'failed', 'cancelled'];

	it.each(Object.entries(retried) as Array<[Safety, Outcome[]]>)('%s: after %j', (safety, expected) => {
		expect(outcomes.filter((outcome) => mayRetry(outcome, safety))).toEqual(expected);
	});
});
