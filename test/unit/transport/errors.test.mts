import fc from 'fast-check';
import { NodeApiError, NodeOperationError, UserError, type JsonObject } from 'n8n-workflow';
import { apiError, detailsOf, nodeError } from '../../../nodes/shared/transport/errors.ts';
import type { ErrorSource } from '../../../nodes/shared/transport/errorWords.ts';
import { RequestError, type RequestEnding } from '../../../nodes/shared/transport/requestError.ts';
import type { Vendor } from '../../../nodes/shared/vendor.ts';
import { node, vendor } from './vendorExample.mts';

const source: ErrorSource = { node, vendor, secrets: [], action: 'Create lead', itemIndex: 3 };

function answer(status: number, body: unknown = '', headers: Record<string, string> = {}) {
	return { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

function thrown(code: string): Error {
	return Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code });
}

function ended(ending: Partial<RequestEnding>): RequestError {
	return new RequestError({ outcome: 'failed', safety: 'nonIdempotent', attempts: 1, ...ending });
}

function build(ending: Partial<RequestEnding>, more: Partial<ErrorSource> = {}): NodeApiError {
	return apiError(ended(ending), { ...source, ...more });
}

const BODY = { message: 'phone is missing', code: 'invalid_phone', requestId: 'req-1' };
const TECHNICAL = '(status %s, code invalid_phone, request ID req-1)';

interface Row {
	ending: Partial<RequestEnding>;
	message: string;
	description: string;
	details?: object;
	failure?: object;
}

const rows: Record<string, Row> = {
	...Object.fromEntries(
		[
			[302, 'Acme answered with a redirect, which is not followed', 'Check the Base URL'],
			[400, 'Acme did not accept the request', 'Check the values of this item.'],
			[
				401,
				'Acme did not accept the API key',
				'Check the API key in the credential "Acme API"',
				'credential-invalid',
			],
			[403, 'Acme does not allow this API key to do this', 'Use a credential with the right'],
			[404, 'Acme could not find the record', 'Check the ID.'],
			[422, 'Acme did not accept the request', 'Check the values of this item.'],
		].map(([status, message, description, cause]) => [
			`an answer of ${status}`,
			{
				ending: { response: answer(status as number, BODY) },
				message: `${message}: phone is missing`,
				description: `${description}.*${TECHNICAL.replace('%s', String(status))}`,
				details: { status, code: 'invalid_phone', requestId: 'req-1' },
				failure: cause ? { cause } : undefined,
			},
		]),
	),
	'a rejection too many': {
		ending: { outcome: 'throttled', response: answer(429) },
		message: 'Acme kept refusing the request because of its rate limit',
		description: 'Try again later, or state a lower rate limit',
		details: { status: 429 },
		failure: { cause: 'rate-limited' },
	},
	'a wait that is too long': {
		ending: { outcome: 'throttled', waitMs: 89_001 },
		message: 'The rate limit of Acme would keep this request waiting for 90 seconds',
		description: 'longer than the option Max Wait allows',
		failure: { cause: 'rate-limited', retryAfterMs: 89_001 },
	},
	'an unsafe write without an answer': {
		ending: { outcome: 'ambiguous', cause: thrown('ECONNRESET') },
		message: 'Acme may have received "Create lead", but it is not certain',
		description:
			'The connection broke before its answer arrived \\(ECONNRESET\\). It was not sent again, .* Look at the lead in Acme.',
		details: { code: 'ECONNRESET' },
		failure: { cause: 'temporarily-unavailable' },
	},
	'an unsafe write with an uncertain answer': {
		ending: { outcome: 'ambiguous', response: answer(503, BODY) },
		message: 'Acme may have received "Create lead", but it is not certain',
		description: 'It answered with status 503: phone is missing. It was not sent again',
		details: { status: 503, code: 'invalid_phone', requestId: 'req-1' },
		failure: { cause: 'temporarily-unavailable' },
	},
	'an unsafe write whose answer cannot be read': {
		ending: { outcome: 'ambiguous', response: answer(200, '{"cut'), unreadable: true },
		message: 'Acme may have received "Create lead", but it is not certain',
		description: 'Its answer could not be read. It was not sent again',
		details: { status: 200 },
	},
	'an unsafe write of an earlier try': {
		ending: { outcome: 'ambiguous', cause: thrown('ECONNRESET'), earlierRun: true },
		message: 'Acme may have received "Create lead", but it is not certain',
		description: 'This was in an earlier try of this execution',
	},
	'a read without an answer': {
		ending: { outcome: 'ambiguous', safety: 'safe', cause: thrown('ETIMEDOUT'), attempts: 6 },
		message: 'The connection to Acme broke before its answer arrived',
		description: 'It was tried 6 times \\(ETIMEDOUT\\). Try again later.',
		failure: { cause: 'temporarily-unavailable' },
	},
	'a read that the vendor cannot answer': {
		ending: { outcome: 'ambiguous', safety: 'safe', response: answer(500, BODY), attempts: 6 },
		message: 'Acme could not handle the request: phone is missing',
		description: 'It was tried 6 times.',
		details: { status: 500, code: 'invalid_phone', requestId: 'req-1' },
	},
	'a read whose answer cannot be read': {
		ending: {
			outcome: 'ambiguous',
			safety: 'safe',
			response: answer(200, '<html>'),
			unreadable: true,
			attempts: 6,
		},
		message: 'The answer of Acme could not be read',
		description: 'It was tried 6 times.',
	},
	'a vendor out of reach': {
		ending: { outcome: 'notSent', cause: thrown('ECONNREFUSED'), attempts: 6 },
		message: 'Acme could not be reached',
		description: 'Nothing was sent \\(ECONNREFUSED\\). Check the Base URL in the credential "Acme API"',
		details: { code: 'ECONNREFUSED' },
		failure: { cause: 'temporarily-unavailable' },
	},
	'a certificate that is not trusted': {
		ending: { cause: thrown('CERT_HAS_EXPIRED') },
		message: 'No safe connection to Acme could be made',
		description:
			'CERT_HAS_EXPIRED. Check the Base URL in the credential "Acme API" and the certificate of that address',
		details: { code: 'CERT_HAS_EXPIRED' },
	},
	'an address that this n8n refuses': {
		ending: {
			cause: Object.assign(new Error('blocked'), {
				[Symbol.for('n8n.backend-network.non-retryable-error')]: true,
			}),
		},
		message: 'This n8n does not let requests through to Acme',
		description: 'Check the Base URL in the credential "Acme API" and the network rules of this n8n.',
	},
	'a reason that nobody knows': {
		ending: { cause: new Error('NodeApiError', { cause: new Error('No context to evaluate in.') }) },
		message: 'The request to Acme could not be carried out: No context to evaluate in',
		description: 'n8n gave no answer of Acme.',
	},
	'a cancelled execution': {
		ending: { outcome: 'cancelled' },
		message: 'The execution was canceled',
		description: 'Nothing more was sent.',
	},
};

describe('the words for', () => {
	it.each(Object.entries(rows))('%s', (_, { ending, message, description, details, failure }) => {
		const error = build(ending);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error.message).toBe(message);
		expect(error.description).toMatch(
			new RegExp(description.replace(/\(status/, '\\(status').replace(/req-1\)/, 'req-1\\)')),
		);
		expect(error.httpCode).toBe(ending.response ? String(ending.response.status) : null);
		expect(error.context.itemIndex).toBe(3);
		if (details) expect(detailsOf(error)).toEqual(details);
		if (failure) expect(error.failure).toEqual(failure);
	});

	it.each(Object.entries(rows))('%s avoid words that frighten', (_, { ending }) => {
		for (const safety of ['safe', 'idempotent', 'nonIdempotent'] as const) {
			const { message, description } = build({ ...ending, safety });
			expect(`${message} ${description}`).not.toMatch(/error|problem|failure|mistake/i);
		}
	});

	it('a status for which the operation has its own advice', () => {
		const error = build(
			{ response: answer(404, BODY) },
			{ advice: { 404: 'The voice agent may be missing.' } },
		);
		expect(error.message).toBe('Acme could not find the record: phone is missing');
		expect(error.description).toMatch(/^The voice agent may be missing\./);
	});

	it('one second', () => {
		expect(build({ outcome: 'throttled', waitMs: 400 }).message).toMatch(/waiting for 1 second$/);
	});
});

describe("the vendor's own text", () => {
	const shown = (message: string, secrets: string[] = []) =>
		build({ response: answer(422, { message }) }, { secrets }).message;

	it.each([
		'approvePERMissions is off',
		'ECONNRESET',
		'The field ENOTFOUND is wrong',
		'EPERM',
		'no such file (ENOENT)',
	])('survives n8n where it holds a system code: %s', (text) => {
		expect(shown(text)).toBe(`Acme did not accept the request: ${text}`);
	});

	it.each([
		'<html><body>Bad gateway</body></html>',
		'<!DOCTYPE html>\n<p>busy',
		'Busy <br/> come back',
		'<html lang="en"',
		'<!doctype html',
	])('is not shown where it is a web page: %j', (text) => {
		expect(shown(text)).toBe('Acme did not accept the request');
		expect(build({ response: answer(422, text) }).message).toBe('Acme did not accept the request');
	});

	it('is one line, and no longer than 500 characters', () => {
		expect(shown('  first\n\n\tsecond  ')).toBe('Acme did not accept the request: first second');
		expect(shown('x'.repeat(500))).toHaveLength('Acme did not accept the request: '.length + 500);
		expect(shown('x'.repeat(100_000))).toBe(`Acme did not accept the request: ${'x'.repeat(500)}…`);
	});

	it('holds no secret where it is cut', () => {
		expect(shown(`${'x'.repeat(495)}secret-key-1`, ['secret-key-1'])).not.toContain('sec');
	});

	it.each([[''], ['  \n'], [undefined]])('may be missing: %p', (message) => {
		expect(build({ response: answer(422, { message }) }).message).toBe('Acme did not accept the request');
	});
});

describe('secrets', () => {
	/** Begins as nothing else does in a path, a number or a text of ours. */
	const secret = fc
		.string({ unit: fc.constantFrom(...'abAB019-_+/="\\ü.$&'), minLength: 5, maxLength: 40 })
		.map((text) => `sk-${text}`);
	const around = fc.string({ maxLength: 20 });
	const endings = fc.constantFrom<Partial<RequestEnding>>(
		{ outcome: 'failed' },
		{ outcome: 'ambiguous' },
		{ outcome: 'ambiguous', safety: 'safe' },
		{ outcome: 'throttled' },
	);

	/** Everything of an error that a person or a log may come to see. */
	function visible(error: NodeApiError): string[] {
		const texts = [error.message, error.description ?? '', String(error.stack), ...error.messages];
		return [
			...texts,
			...Object.values(detailsOf(error)).map(String),
			JSON.stringify(error),
			JSON.stringify(error.context),
		];
	}

	it("stand in no part of an error, wherever the vendor's answer repeats them", () => {
		fc.assert(
			fc.property(
				secret,
				around,
				around,
				endings,
				fc.integer({ min: 400, max: 599 }),
				(key, before, after, ending, status) => {
					const echo = `${before}${key}${after}`;
					const body = { message: echo, code: echo, requestId: echo, other: [echo] };
					const response = answer(status, body, { 'x-request-id': echo, 'set-cookie': echo });
					const error = build({ ...ending, response }, { secrets: [key] });
					const escaped = JSON.stringify(key).slice(1, -1);
					for (const text of visible(error)) {
						expect(text).not.toContain(key);
						expect(text).not.toContain(escaped);
					}
				},
			),
			{ numRuns: 250 },
		);
	});

	it('stand in no part of an error that quotes a plain text', () => {
		const error = build(
			{ response: answer(400, 'key sk-secret-1 is unknown') },
			{ secrets: ['sk-secret-1'] },
		);
		expect(error.message).toBe('Acme did not accept the request: key *** is unknown');
	});

	it('are hidden whole where one begins with another', () => {
		const secrets = ['sk-secret', 'sk-secret-live-7788'];
		for (const given of [secrets, secrets.toReversed()]) {
			const { message } = build(
				{ response: answer(400, { message: 'key sk-secret-live-7788' }) },
				{ secrets: given },
			);
			expect(message).toBe('Acme did not accept the request: key ***');
		}
	});
});

describe('a credential that is no API key', () => {
	const basic: Vendor = {
		...vendor,
		credentialNoun: 'user name and password',
		credential: { ...vendor.credential, displayName: 'Acme Login' },
	};

	it('is called what it is', () => {
		const error = build(
			{ response: answer(401, 'bad password hunter2') },
			{ vendor: basic, secrets: ['hunter2'] },
		);
		expect(error.message).toBe('Acme did not accept the user name and password: bad password ***');
		expect(error.description).toContain(
			'Check the user name and password in the credential "Acme Login": what stands there',
		);
		const redirected = build({ response: answer(302) }, { vendor: basic });
		expect(redirected.description).toContain('the user name and password must not go to another address');
	});

	it('is not blamed for the refusal of a request that did not carry it', () => {
		const error = build({ response: answer(401, BODY), unauthenticated: true });
		expect(error.message).toBe('Acme did not accept the request: phone is missing');
		expect(error.description).not.toContain('credential');
		expect((error as { failure?: object }).failure).toBeUndefined();
	});
});

describe('any other error', () => {
	it('of n8n itself stays the same one, tied to its item', () => {
		for (const error of [
			new NodeApiError(node, { message: 'x' } as JsonObject),
			new NodeOperationError(node, 'x'),
		]) {
			expect(nodeError(error, source)).toBe(error);
			expect(error.context.itemIndex).toBe(3);
		}
		const tied = new NodeOperationError(node, 'x', { itemIndex: 0 });
		expect(nodeError(tied, source).context.itemIndex).toBe(0);
	});

	it('becomes a node error with its words and its item', () => {
		const error = nodeError(new UserError('The field is empty', { description: 'Fill it in.' }), source);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'The field is empty',
			description: 'Fill it in.',
			context: { itemIndex: 3 },
		});
		expect(detailsOf(error)).toEqual({});
	});

	it('of the transport is put into words', () => {
		expect(nodeError(ended({ response: answer(404) }), source).message).toBe(
			'Acme could not find the record',
		);
	});
});
