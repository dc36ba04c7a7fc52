const MINUTE_MS = 60_000;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;
const DAYS_PER_WEEK = 7;

/** In the order of ISO 8601: Monday is 1. */
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The longest way to an opening: a week, and what a change of the clocks adds to it. */
const MAX_STEPS = 2 * DAYS_PER_WEEK + 2;

/** When calls may be placed, by the wall clock of a time zone. */
export interface CallingHours {
	/** Minutes since midnight, included. */
	from: number;
	/** Minutes since midnight, excluded; 1,440 is the end of the day. */
	to: number;
	/** 1 is Monday, 7 is Sunday; at least one. */
	weekdays: number[];
	/** An IANA name such as `Europe/Berlin`. */
	timeZone: string;
}

interface WallClock {
	/** 1 is Monday. */
	weekday: number;
	/** Since midnight. */
	minute: number;
}

/** Reads `09:30` as minutes since midnight, up to `24:00`; `undefined` for other texts. */
export function minuteOfDay(text: string): number | undefined {
	const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
	const minute = Number(hours) * MINUTES_PER_HOUR + Number(minutes);
	return Number(minutes) < MINUTES_PER_HOUR && minute <= MINUTES_PER_DAY ? minute : undefined;
}

/** Whether the host knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
	try {
		return name.trim() !== '' && new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0) !== '';
	} catch {
		return false;
	}
}

/** Making one costs a thousand times what using it does. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	formats.set(timeZone, format);
	return format;
}

/** A reader of the wall clock in a time zone. */
function wallClockOf(timeZone: string): (time: number) => WallClock {
	const format = formatFor(timeZone);
	return (time) => {
		const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
		return {
			weekday: WEEKDAYS.indexOf(parts.weekday) + 1,
			minute: Number(parts.hour) * MINUTES_PER_HOUR + Number(parts.minute),
		};
	};
}

/** Minutes by the wall clock until the hours open next, from a time at which they are closed. */
function minutesUntilOpening({ weekday, minute }: WallClock, { from, weekdays }: CallingHours): number {
	const days = Array.from({ length: DAYS_PER_WEEK + 1 }, (_, ahead) => ahead).find((ahead) => {
		const isLaterThisDay = ahead > 0 || minute < from;
		return isLaterThisDay && weekdays.includes(((weekday + ahead - 1) % DAYS_PER_WEEK) + 1);
	});
	return (days ?? DAYS_PER_WEEK) * MINUTES_PER_DAY + from - minute;
}

/**
 * The first moment from `time` on at which calls may be placed: `time` itself while the hours are open. A day that a
 * change of the clocks shortens past the opening opens where its clock jumps to.
 * @param time milliseconds since the epoch, as is the result
 */
export function nextOpening(time: number, hours: CallingHours): number {
	const wallClockAt = wallClockOf(hours.timeZone);
	const isOpen = (at: number): boolean => {
		const { weekday, minute } = wallClockAt(at);
		return hours.weekdays.includes(weekday) && minute >= hours.from && minute < hours.to;
	};
	if (isOpen(time)) return time;

	const minuteStart = Math.floor(time / MINUTE_MS) * MINUTE_MS;
	let at = minuteStart;
	for (let step = 0; step < MAX_STEPS; step++) {
		at += minutesUntilOpening(wallClockAt(at), hours) * MINUTE_MS;
		if (!isOpen(at)) continue;
		// A change of the clocks on the way has moved the opening: go back to where it really is.
		while (at - MINUTE_MS > minuteStart && isOpen(at - MINUTE_MS)) at -= MINUTE_MS;
		return at;
	}
	return at;
}
