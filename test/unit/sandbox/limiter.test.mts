import fc from 'fast-check';
import { admit, Limiter, limitRuleSchema, retryAfterHeader } from '../../../sandbox/limiter.mts';
import { ManualClock } from './manual-clock.mts';

type RuleInput = Parameters<typeof limitRuleSchema.parse>[0];

function limited(rule: RuleInput, timeScale = 1) {
	const clock = new ManualClock();
	const limiter = new Limiter(limitRuleSchema.parse(rule), clock, timeScale);
	return { clock, limiter, ask: (key = 'key') => admit([limiter], key) };
}

const windows = fc.array(
	fc.record({ limit: fc.integer({ min: 1, max: 6 }), windowMs: fc.integer({ min: 1, max: 50 }) }),
	{
		minLength: 1,
		maxLength: 3,
	},
);
const gaps = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 80 });

describe('Limiter', () => {
	it('admits exactly when every rolling window holds fewer than its limit', () => {
		fc.assert(
			fc.property(windows, gaps, fc.boolean(), (given, arrivals, countRejected) => {
				const { clock, ask } = limited({ windows: given, countRejected });
				const counted: number[] = [];
				for (const gap of arrivals) {
					clock.advance(gap);
					const now = clock.now();
					const free = given.every(
						({ limit, windowMs }) => counted.filter((time) => time > now - windowMs).length < limit,
					);
					expect(ask() === undefined).toBe(free);
					if (free || countRejected) counted.push(now);
				}
			}),
		);
	});

	it('admits exactly when every fixed window holds fewer than its limit', () => {
		fc.assert(
			fc.property(windows, gaps, (given, arrivals) => {
				const { clock, ask } = limited({ windows: given, mode: 'fixed' });
				const counted: number[] = [];
				for (const gap of arrivals) {
					clock.advance(gap);
					const windowOf = (time: number, windowMs: number) => Math.floor(time / windowMs);
					const free = given.every(({ limit, windowMs }) => {
						const current = windowOf(clock.now(), windowMs);
						return counted.filter((time) => windowOf(time, windowMs) === current).length < limit;
					});
					expect(ask() === undefined).toBe(free);
					if (free) counted.push(clock.now());
				}
			}),
		);
	});

	it.each(['rolling', 'fixed'] as const)(
		'names the very millisecond at which a %s window opens again',
		(mode) => {
			fc.assert(
				fc.property(windows, gaps, (given, arrivals) => {
					const { clock, limiter, ask } = limited({ windows: given, mode });
					for (const gap of arrivals) {
						clock.advance(gap);
						const refusal = ask();
						if (!refusal) continue;
						clock.advance(refusal.waitMs - 1);
						expect(limiter.waitMs('key')).toBe(1);
						clock.advance(1);
						expect(limiter.waitMs('key')).toBe(0);
					}
				}),
			);
		},
	);

	it('peaks at the limit under any load and at no more', () => {
		fc.assert(
			fc.property(gaps, (arrivals) => {
				const { clock, limiter, ask } = limited({ windows: [{ limit: 5, windowMs: 100 }] });
				for (const gap of [...arrivals, 0, 0, 0, 0, 0]) {
					clock.advance(gap);
					ask();
				}
				expect(limiter.peak()).toBe(5);
				expect(limiter.peak(1)).toBeLessThanOrEqual(5);
			}),
		);
	});

	it('counts each key by itself', () => {
		const { ask } = limited({ windows: [{ limit: 1, windowMs: 1000 }] });
		expect([ask('a'), ask('b')]).toEqual([undefined, undefined]);
		expect(ask('a')).toEqual({ waitMs: 1000, retryAfter: 'none' });
	});

	it('shrinks windows and blocks by the time scale', () => {
		const { clock, ask } = limited({ windows: [{ limit: 1, windowMs: 60_000 }], blockMs: 120_000 }, 60);
		ask();
		expect(ask()?.waitMs).toBe(1000);
		expect(ask()?.waitMs).toBe(2000);
		clock.advance(2000);
		expect(ask()).toBeUndefined();
	});

	it('counts a request that one limit refuses against none of them', () => {
		const clock = new ManualClock();
		const wide = new Limiter(limitRuleSchema.parse({ windows: [{ limit: 2, windowMs: 1000 }] }), clock, 1);
		const narrow = new Limiter(limitRuleSchema.parse({ windows: [{ limit: 1, windowMs: 1000 }] }), clock, 1);
		admit([wide, narrow], 'key');
		admit([wide, narrow], 'key');
		expect([wide.accepted.length, narrow.accepted.length]).toEqual([1, 1]);
		expect(admit([wide], 'key')).toBeUndefined();
	});

	it('remembers accepted requests while nothing is limited, and limits by them from then on', () => {
		const { limiter, ask } = limited({});
		for (let request = 0; request < 3; request++) ask();
		limiter.rule = limitRuleSchema.parse({ windows: [{ limit: 3, windowMs: 1000 }] });
		expect(ask()?.waitMs).toBe(1000);
		expect(limiter.accepted).toHaveLength(3);
	});
});

describe('retryAfterHeader', () => {
	const now = Date.UTC(2026, 0, 1, 12, 0, 0, 300);

	it.each([
		['none', {}],
		['seconds', { 'retry-after': '2' }],
		['http-date', { 'retry-after': 'Thu, 01 Jan 2026 12:00:02 GMT' }],
	] as const)('%s rounds up, never down', (style, header) => {
		expect(retryAfterHeader(style, 1001, now)).toEqual(header);
	});
});
