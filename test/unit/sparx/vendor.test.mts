import { sparx } from '../../../nodes/Sparx/vendor.ts';

const answer = (status: number, headers: Record<string, string>, body: unknown = {}) => ({
	status,
	headers,
	body: JSON.stringify(body),
});

it.each([
	['a 500 of the rate limit', 500, { 'retry-after': '7', 'x-ratelimit-remaining': '0' }, true],
	[
		'a 500 with Retry-After while the limit is not reached',
		500,
		{ 'retry-after': '7', 'x-ratelimit-remaining': '40' },
		false,
	],
	['a 500 with Retry-After and no word of the limit', 500, { 'retry-after': '7' }, false],
	['a 500 without Retry-After', 500, { 'x-ratelimit-remaining': '0' }, false],
	['a 503', 503, { 'retry-after': '7', 'x-ratelimit-remaining': '0' }, false],
])('%s is taken for what it is', (_case, status, headers, expected) => {
	expect(sparx.isRateLimit?.(answer(status, headers as Record<string, string>))).toBe(expected);
});

it.each([
	['a missing route', 404, { code: 'NOT_FOUND', message: 'Route POST /v1/orders not found.' }, true],
	[
		'a missing record',
		404,
		{ code: 'NOT_FOUND', message: 'Order not found.', details: { entityType: 'Order' } },
		false,
	],
	['a record whose name begins so', 404, { message: 'Route 66 not found.' }, false],
	[
		'a module that is off',
		404,
		{ code: 'MODULE_DISABLED', message: 'off', details: { module: 'commerce' } },
		false,
	],
	['another status', 422, { message: 'Route POST /v1/orders not found.' }, false],
])('%s: the order may stand elsewhere', (_case, status, error, expected) => {
	expect(sparx.movedPaths?.isMissingRoute(answer(status, {}, { success: false, error }))).toBe(expected);
});

it('does not take a page of a proxy for a missing route', () => {
	expect(sparx.movedPaths?.isMissingRoute({ status: 404, headers: {}, body: '<h1>Route GET</h1>' })).toBe(
		false,
	);
});

it('names the module that is off', () => {
	const error = { code: 'MODULE_DISABLED', message: 'off', details: { module: 'commerce' } };
	const { words } = sparx.readError({ error }, answer(404, {}));
	expect(words?.message).toBe('The commerce module of this Sparx account is not active');
});
