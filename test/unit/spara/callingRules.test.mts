import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	isTimeZone,
	minuteOfDay,
	nextOpening,
	type CallingHours,
} from '../../../nodes/Spara/resources/lead/calling/hours.ts';
import { refusalOf } from '../../../nodes/Spara/resources/lead/calling/rules.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR_START = Date.UTC(2026, 0, 1);

/** Both hemispheres, a change of half an hour, no changes, a zone that skips midnight, far offsets. */
const ZONES = [
	'Europe/Berlin',
	'America/New_York',
	'America/Santiago',
	'Australia/Lord_Howe',
	'Asia/Kolkata',
	'Africa/Cairo',
	'Pacific/Chatham',
	'Pacific/Kiritimati',
	'UTC',
];

/** Independent of the code under test: Luxon's wall clock. */
function isOpen(time: number, { timeZone, weekdays, from, to }: CallingHours): boolean {
	const { weekday, hour, minute } = DateTime.fromMillis(time, { zone: timeZone });
	const minutes = hour * 60 + minute;
	return weekdays.includes(weekday) && minutes >= from && minutes < to;
}

const hours = fc
	.record({
		from: fc.integer({ min: 0, max: 1438 }),
		length: fc.integer({ min: 1, max: 1440 }),
		weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
		timeZone: fc.constantFrom(...ZONES),
	})
	.map(({ from, length, ...rest }) => ({ from, to: Math.min(1440, from + length), ...rest }));

const instant = fc.integer({ min: 0, max: 365 * DAY - 1 }).map((offset) => YEAR_START + offset);

describe('calling hours', () => {
	it('are open at the next opening, over a year of days and changes of the clocks', () => {
		fc.assert(
			fc.property(hours, instant, (rule, time) => {
				const opening = nextOpening(time, rule);
				expect(opening).toBeGreaterThanOrEqual(time);
				// Hours that lie wholly in what a change of the clocks leaves out open a day or a week later.
				expect(opening - time).toBeLessThanOrEqual(15 * DAY);
				expect(isOpen(opening, rule)).toBe(true);
			}),
			{ numRuns: 500 },
		);
	});

	it('are not open at any minute before it', () => {
		fc.assert(
			fc.property(hours, instant, (rule, time) => {
				const opening = nextOpening(time, rule);
				if (opening === time) return;
				for (let at = time; at < opening; at += 61 * MINUTE) expect(isOpen(at, rule)).toBe(false);
				expect(isOpen(opening - 1, rule)).toBe(false);
			}),
			{ numRuns: 100 },
		);
	});

	it('open and close by the wall clock on each day of the year', () => {
		for (const timeZone of ZONES.slice(0, 4)) {
			const rule = { from: 9 * 60, to: 17 * 60 + 30, weekdays: [1, 2, 3, 4, 5], timeZone };
			for (let day = 0; day < 365; day++) {
				const date = DateTime.fromObject({ year: 2026, month: 1, day: 1 }, { zone: timeZone }).plus({
					days: day,
				});
				const opensAt = date.set({ hour: 9 }).toMillis();
				const isWorkday = date.weekday <= 5;
				expect(nextOpening(opensAt - 1, rule) === opensAt).toBe(isWorkday);
				expect(nextOpening(opensAt, rule) === opensAt).toBe(isWorkday);
				const closesAt = date.set({ hour: 17, minute: 30 }).toMillis();
				expect(nextOpening(closesAt, rule)).toBeGreaterThan(closesAt);
				expect(nextOpening(closesAt - 1, rule) === closesAt - 1).toBe(isWorkday);
			}
		}
	});

	it('open where the clock jumps to when the change skips the opening', () => {
		const rule = { from: 2 * 60 + 30, to: 5 * 60, weekdays: [7], timeZone: 'Europe/Berlin' };
		const change = Date.UTC(2026, 2, 29, 1);
		expect(nextOpening(change - HOUR, rule)).toBe(change);
	});

	it.each([
		['9:00', 540],
		['09:30', 570],
		['24:00', 1440],
		[' 00:00 ', 0],
	])('are read from %s', (text, minutes) => expect(minuteOfDay(text)).toBe(minutes));

	it.each([[''], ['9'], ['09:60'], ['24:01'], ['25:00'], ['9am'], ['-1:00']])(
		'are not read from "%s"',
		(text) => expect(minuteOfDay(text)).toBeUndefined(),
	);

	it('know time zones by their IANA names', () => {
		expect(ZONES.every(isTimeZone)).toBe(true);
		expect(['', ' ', 'Mars/Base', 'Berlin'].some(isTimeZone)).toBe(false);
	});
});

describe('a lead', () => {
	const now = Date.UTC(2026, 1, 3, 12);
	const called = (...hoursAgo: number[]) => ({
		data: {},
		calls: hoursAgo.map((ago) => ({ started_at: new Date(now - ago * HOUR).toISOString() })),
	});

	it('is called where no rule says otherwise, also without calls or data', () => {
		expect(refusalOf({}, {}, now)).toBeUndefined();
		expect(
			refusalOf({ minimumHoursBetweenCalls: 4, maximumCalls: 1, doNotCallField: 'dnc' }, {}, now),
		).toBeUndefined();
	});

	it.each([[true], ['true'], ['Yes'], [1], ['DNC']])('whose flag is %p is not called', (dnc) => {
		expect(refusalOf({ doNotCallField: 'dnc' }, { data: { dnc } }, now)).toEqual({ reason: 'doNotCall' });
	});

	it.each([[false], ['false'], ['No'], [0], [''], [null], [undefined]])(
		'whose flag is %p is called',
		(dnc) => {
			expect(refusalOf({ doNotCallField: 'dnc' }, { data: { dnc } }, now)).toBeUndefined();
		},
	);

	it('that had all its calls is not called again', () => {
		expect(refusalOf({ maximumCalls: 2 }, called(50, 30), now)).toEqual({ reason: 'maximumCallsReached' });
		expect(refusalOf({ maximumCalls: 3 }, called(50, 30), now)).toBeUndefined();
		expect(refusalOf({ maximumCalls: 0 }, called(), now)).toEqual({ reason: 'maximumCallsReached' });
	});

	it('rests between two calls, and then waits for the hours', () => {
		expect(refusalOf({ minimumHoursBetweenCalls: 4 }, called(30, 1), now)).toEqual({
			reason: 'calledRecently',
			nextAllowedAt: now + 3 * HOUR,
		});
		expect(refusalOf({ minimumHoursBetweenCalls: 4 }, called(30, 4), now)).toBeUndefined();
		const office = { from: 540, to: 840, weekdays: [1, 2, 3, 4, 5], timeZone: 'UTC' };
		expect(refusalOf({ minimumHoursBetweenCalls: 4, hours: office }, called(1), now)).toEqual({
			reason: 'calledRecently',
			nextAllowedAt: Date.UTC(2026, 1, 4, 9),
		});
	});

	it('that may be called at the time told is then called: by property', () => {
		fc.assert(
			fc.property(
				hours,
				instant,
				fc.array(fc.integer({ min: 0, max: 200 })),
				fc.integer({ min: 0, max: 48 }),
				(rule, time, ago, rest) => {
					const lead = {
						calls: ago.map((each) => ({ started_at: new Date(time - each * HOUR).toISOString() })),
					};
					const rules = { hours: rule, minimumHoursBetweenCalls: rest };
					const refusal = refusalOf(rules, lead, time);
					const allowedAt = refusal?.nextAllowedAt ?? time;
					expect(refusalOf(rules, lead, allowedAt)).toBeUndefined();
					expect(allowedAt).toBeGreaterThanOrEqual(time);
				},
			),
			{ numRuns: 1000 },
		);
	});
});
