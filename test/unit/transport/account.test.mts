import { accountFor } from '../../../nodes/shared/transport/account.ts';
import { nextTicket } from '../../../nodes/shared/transport/rateLimit/rateLimiter.ts';
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
		];
		expect(new Set([account, ...others]).size).toBe(5);
	});

	it('keeps the limit that was stated last, in one window with all that was sent before', async () => {
		const clock = new FakeClock();
		const stated = (limit: number, windowMs = 6000) => ({ general: [{ limit, windowMs }] });
		const account = accountFor(['Acme', 'one key'], stated(20), clock);
		const ask = async () =>
			await account.rateLimiter.acquire({ limits: ['general'], ticket: nextTicket(), maxWaitMs: 0 });
		const sendWhatIsAllowed = async (): Promise<number> => {
			for (let sent = 0; ; sent++) {
				const permit = await ask().catch(() => undefined);
				if (!permit) return sent;
				permit.complete();
			}
		};
		expect(await sendWhatIsAllowed()).toBe(20);
		expect(accountFor(['Acme', 'one key'], stated(19), clock)).toBe(account);
		expect(await sendWhatIsAllowed()).toBe(0);
		accountFor(['Acme', 'one key'], stated(30), clock);
		expect(await sendWhatIsAllowed()).toBe(10);
		await clock.advance(6001);
		accountFor(['Acme', 'one key'], stated(40, 60_000), clock);
		expect(await sendWhatIsAllowed()).toBe(10);
		accountFor(['Acme', 'one key'], { general: [] }, clock);
		await ask();
	});

	it('is forgotten after two idle hours, and not while it is in use', async () => {
		const clock = new FakeClock();
		const [idle, used, open] = ['idle', 'used', 'open'].map((key) => accountFor([key], LIMITS, clock));
		await open.rateLimiter.acquire({ limits: ['general'], ticket: 0, maxWaitMs: 0 });
		await clock.advance(1.5 * HOUR_MS);
		(await used.rateLimiter.acquire({ limits: ['general'], ticket: 0, maxWaitMs: 0 })).complete();
		await clock.advance(0.5 * HOUR_MS);
		accountFor(['newcomer'], LIMITS, clock);
		expect(accountFor(['idle'], LIMITS, clock)).not.toBe(idle);
		expect(accountFor(['used'], LIMITS, clock)).toBe(used);
		expect(accountFor(['open'], LIMITS, clock)).toBe(open);
	});
});
