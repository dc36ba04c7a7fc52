import fc from 'fast-check';
import { readRateLimitHeaders } from '../../../nodes/shared/transport/headers.ts';

const NOW = Date.UTC(2026, 0, 1, 12, 0, 0);

function httpDate(time: number): string {
	return new Date(time).toUTCString();
}

describe('Retry-After', () => {
	const read = (value: string, headers: Record<string, string> = {}): number | undefined =>
		readRateLimitHeaders({ ...headers, 'retry-after': value }, NOW).retryAfterMs;

	it.each([
		['0', 0],
		['30', 30_000],
		[' 30 ', 30_000],
		['1.5', 1500],
		['0.25', 250],
		['30, 60', 60_000],
	])('reads %j as %i ms', (value, ms) => {
		expect(read(value)).toBe(ms);
	});

	it('reads an HTTP date', () => {
		expect(read(httpDate(NOW + 45_000))).toBe(45_000);
	});

	it("judges a date by the server's own clock where it is told", () => {
		const serverNow = NOW - 3_600_000;
		expect(read(httpDate(serverNow + 45_000), { date: httpDate(serverNow) })).toBe(45_000);
		expect(read(httpDate(NOW + 45_000), { date: 'no date' })).toBe(45_000);
	});

	it('takes a date that is past for no wait', () => {
		expect(read(httpDate(NOW - 45_000))).toBe(0);
	});

	it.each([
		'',
		' ',
		'soon',
		'-5',
		'+5',
		'1e3',
		'0x10',
		'NaN',
		'Infinity',
		'30s',
		'120 seconds',
		'junk 5',
		'next 1',
		'a 2',
	])('leaves %j out', (value) => {
		expect(read(value)).toBeUndefined();
	});
});

describe.each(['x-ratelimit', 'x-rate-limit', 'ratelimit'])('%s-*', (family) => {
	const read = (values: Record<string, string>, headers: Record<string, string> = {}) =>
		readRateLimitHeaders(
			{
				...headers,
				...Object.fromEntries(Object.entries(values).map(([name, value]) => [`${family}-${name}`, value])),
			},
			NOW,
		);

	it('reads the limit and what is left of it', () => {
		expect(read({ limit: '60', remaining: '0' })).toMatchObject({ limit: 60, remaining: 0 });
		expect(read({ limit: '100, 100;w=60', remaining: '42' })).toMatchObject({ limit: 100, remaining: 42 });
		expect(read({ limit: 'many', remaining: '-1' })).toMatchObject({
			limit: undefined,
			remaining: undefined,
		});
	});

	it.each([
		['seconds left', '30', 30_000],
		['seconds left, with decimals', '0.5', 500],
		['epoch seconds', String(NOW / 1000 + 30), 30_000],
		['epoch seconds, with decimals', String(NOW / 1000 + 30.5), 30_500],
		['epoch milliseconds', String(NOW + 30_000), 30_000],
		['epoch seconds that are past', String(NOW / 1000 - 30), 0],
		['epoch milliseconds that are past', String(NOW - 30_000), 0],
		['an HTTP date', httpDate(NOW + 30_000), 30_000],
		['an ISO date', new Date(NOW + 30_000).toISOString(), 30_000],
	])('reads a reset in %s', (_, value, ms) => {
		expect(read({ reset: value }).resetMs).toBe(ms);
	});

	it("judges an epoch by the server's own clock where it is told", () => {
		const serverNow = NOW + 3_600_000;
		const date = httpDate(serverNow);
		expect(read({ reset: String(serverNow / 1000 + 30) }, { date }).resetMs).toBe(30_000);
		expect(read({ reset: String(serverNow + 30_000) }, { date }).resetMs).toBe(30_000);
		expect(read({ reset: '30' }, { date }).resetMs).toBe(30_000);
	});

	it.each(['', 'soon', '-30', 'junk 5'])('leaves the reset %j out', (value) => {
		expect(read({ reset: value }).resetMs).toBeUndefined();
	});
});

describe('RateLimit (IETF draft)', () => {
	it.each([
		['"default";r=50;t=30', { remaining: 50, resetMs: 30_000 }],
		['"burst";r=0;t=2', { remaining: 0, resetMs: 2000 }],
		['limit=100, remaining=50, reset=30', { limit: 100, remaining: 50, resetMs: 30_000 }],
	])('reads %s', (value, expected) => {
		expect(readRateLimitHeaders({ ratelimit: value }, NOW)).toMatchObject(expected);
	});
});

describe('whatever a server sends', () => {
	const digits = fc.stringMatching(/^\d{1,16}(\.\d{1,4})?$/);
	const date = fc.date({ noInvalidDate: true }).map((value) => value.toUTCString());
	const isoDate = fc.date({ noInvalidDate: true }).map((value) => value.toISOString());
	const endless = fc.nat({ max: 400 }).map((length) => '9'.repeat(length));
	const value = fc.oneof(fc.string(), digits, date, isoDate, endless);
	const names = ['retry-after', 'date', 'ratelimit'].concat(
		...['x-ratelimit', 'x-rate-limit', 'ratelimit'].map((family) =>
			['limit', 'remaining', 'reset'].map((name) => `${family}-${name}`),
		),
	);
	const headers = fc.dictionary(fc.constantFrom(...names), value);

	it('is read as finite numbers that are not negative, or not at all', () => {
		fc.assert(
			fc.property(headers, fc.integer({ min: 0, max: 2 * NOW }), (given, now) => {
				for (const number of Object.values(readRateLimitHeaders(given, now))) {
					if (number === undefined) continue;
					expect(Number.isFinite(number)).toBe(true);
					expect(number).toBeGreaterThanOrEqual(0);
				}
			}),
			{ numRuns: 1500 },
		);
	});
});
