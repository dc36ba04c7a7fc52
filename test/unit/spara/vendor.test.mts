import { spara } from '../../../nodes/Spara/vendor.ts';

const read = (body: unknown, headers: Record<string, string> = {}) =>
	spara.readError(body, { status: 400, headers, body: '' });

describe('the words of an error answer (contract 8: its shape is not documented)', () => {
	it.each<[string, unknown, string]>([
		['message', { message: 'No phone' }, 'No phone'],
		['error.message', { error: { message: 'No phone' } }, 'No phone'],
		['error', { error: 'No phone' }, 'No phone'],
		['detail', { detail: 'No phone' }, 'No phone'],
		[
			'errors with messages',
			{ errors: [{ message: 'No phone' }, { detail: 'No agent' }] },
			'No phone; No agent',
		],
		['errors with texts', { errors: ['No phone', '', 'No agent'] }, 'No phone; No agent'],
		['the text itself', 'No phone', 'No phone'],
		[
			'the first that says something',
			{ message: '', error: { message: '' }, detail: 'No phone' },
			'No phone',
		],
	])('are found in %s', (_case, body, message) => {
		expect(read(body).message).toBe(message);
	});

	it.each<[unknown]>([
		[undefined],
		[null],
		[''],
		[5],
		[[]],
		[{}],
		[{ error: null }],
		[{ error: [] }],
		[{ errors: {} }],
		[{ errors: [] }],
		[{ errors: [null, 5] }],
		[{ message: { text: 'a' } }],
	])('are missing in %j', (body) => {
		expect(read(body)).toEqual({ message: undefined, code: undefined, requestId: undefined });
	});

	it('come with code and request ID', () => {
		const headers = { 'x-request-id': 'r-1' };
		const expected = { message: 'No phone', code: 'invalid_request', requestId: 'r-1' };
		expect(read({ error: { code: 'invalid_request', message: 'No phone' } }, headers)).toEqual(expected);
		expect(read({ code: 'invalid_request', message: 'No phone' }, headers)).toEqual(expected);
	});
});

describe('the limits', () => {
	const calls = [{ limit: 5, windowMs: 1000 }];

	it('of calls are the documented ones, and of the rest unknown', () => {
		expect(spara.rateLimits({ limitRate: false, rateLimitRequests: 60, rateLimitSeconds: 6 })).toEqual({
			general: [],
			calls,
		});
	});

	it('are those of the account where the credential states them', () => {
		const general = [{ limit: 60, windowMs: 6000 }];
		expect(spara.rateLimits({ limitRate: true, rateLimitRequests: 60, rateLimitSeconds: 6 })).toEqual({
			general,
			calls,
		});
	});
});
