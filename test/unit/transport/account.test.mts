import { accountFor } from '../../../nodes/shared/transport/account.ts';
import { FakeClock } from '../support/fakeClock.mts';

const LIMITS = { general: [{ limit: 1, windowMs: 1000 }] };
const HOUR_MS = 60 * 60 * 1000;

describe('an account', () => {
	it('is shared by all who use the same key, vendor and host, and by nobody else', () => {
		const clock = new FakeClock();
		const account = accountFor(['Acme', 'host', 'key'], LIMITS, clock);
		expect(accountFor(['Acme', 'host', 'key'], { general: [{ limit: 1, windowMs: 1000 }] }, clock)).toBe(
			account,
		);
		const others = [
			accountFor(['Acme', 'host', 'other key'], LIMITS, clock),
			accountFor(['Acme', 'other host', 'key'], LIMITS, clock),
			accountFor(['Other', 'host', 'key'], LIMITS, clock),
			accountFor(['Acme', 'hostkey', ''], LIMITS, clock),
			accountFor(['Acme', 'host', 'key'], { general: [{ limit: 2, windowMs: 1000 }] }, clock),
		];
		expect(new Set([account, ...others]).size).toBe(6);
	});

	it('is forgotten after two idle hours, and not while it is in use', async () => {
		const clock = new FakeClock();
		const [idle, used, open] = ['idle', 'used', 'open'].map((key) => accountFor([key], LIMITS, clock));
		await open.rateLimiter.acquire({ limits: ['general'], ticket: 0, maxWaitMs: 0 });
		await clock.advance(1.5 * HOUR_MS);
		(await used.rateLimiter.acquire({ limits: ['general'], ticket: 0, maxWaitMs: 0 })).settle();
		await clock.advance(0.5 * HOUR_MS);
		accountFor(['newcomer'], LIMITS, clock);
		expect(accountFor(['idle'], LIMITS, clock)).not.toBe(idle);
		expect(accountFor(['used'], LIMITS, clock)).toBe(used);
		expect(accountFor(['open'], LIMITS, clock)).toBe(open);
	});
});
