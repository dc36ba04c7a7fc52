import { rateLimitFields, statedRateLimit } from '../../../nodes/shared/credential/rateLimit';

describe('the rate limit that a credential states', () => {
	it('is requests per so many seconds', () => {
		expect(statedRateLimit({ limitRate: true, rateLimitRequests: 60, rateLimitSeconds: 6 })).toEqual({
			limit: 60,
			windowMs: 6000,
		});
	});

	it.each([
		['it is switched off', { limitRate: false, rateLimitRequests: 60, rateLimitSeconds: 6 }],
		['the figures are missing', { limitRate: true }],
		['no request is allowed', { limitRate: true, rateLimitRequests: 0, rateLimitSeconds: 6 }],
		['the time is empty', { limitRate: true, rateLimitRequests: 60, rateLimitSeconds: 0 }],
		['a figure is a word', { limitRate: true, rateLimitRequests: 'many', rateLimitSeconds: 6 }],
	])('is none where %s', (_case, credential) => {
		expect(statedRateLimit(credential)).toBeUndefined();
	});

	it('is asked for by a switch, which shows the figures', () => {
		const [limitRate, requests, seconds] = rateLimitFields({
			description: 'Whether',
			requests: 120,
			seconds: 60,
		});
		expect(limitRate).toMatchObject({ name: 'limitRate', default: false, description: 'Whether' });
		for (const figure of [requests, seconds])
			expect(figure.displayOptions).toEqual({ show: { limitRate: [true] } });
		expect([requests.default, seconds.default]).toEqual([120, 60]);
	});
});
