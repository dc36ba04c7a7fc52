import type { IDataObject } from 'n8n-workflow';
import { byDays, dayOf } from '../../../nodes/LeadConduit/resources/event/days.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');

interface Server {
	/** How many events each day has. */
	days: Record<string, number>;
	cap?: number;
	endIsExclusive?: boolean;
}

/** Reads all events of a server that answers at most `cap` of them. */
async function readAll(
	{ days, cap = 10, endIsExclusive = false }: Server,
	bounds: { start?: string; end?: string } = {},
) {
	const all = Object.entries(days).flatMap(([day, count]) =>
		Array.from({ length: count }, (_, n) => ({ id: `${day} ${n}`, day })),
	);
	const asked: string[] = [];
	const ids = new Set<string>();
	const pages = byDays({
		fetch: async (start = '0000', end = '9999') => {
			asked.push(`${start} ${end}`);
			const found = all.filter(({ day }) => day >= start && (endIsExclusive ? day < end : day <= end));
			return { records: found.slice(0, cap) as IDataObject[], total: found.length };
		},
		recordId: ({ id }) => String(id),
		now: NOW,
		...bounds,
	});
	for await (const page of pages) page.forEach(({ id }) => ids.add(String(id)));
	return { read: ids.size, of: all.length, requests: asked.length };
}

const february = (count: (day: number) => number) =>
	Object.fromEntries(
		Array.from({ length: 28 }, (_, day) => [`2026-02-${String(day + 1).padStart(2, '0')}`, count(day)]),
	);

it('asks once where one answer holds them all', async () => {
	expect(await readAll({ days: { '2026-02-03': 10 } })).toEqual({ read: 10, of: 10, requests: 1 });
});

it.each([false, true])('reads all where they are more (end date excluded: %s)', async (endIsExclusive) => {
	const result = await readAll(
		{ days: february((day) => day % 5), endIsExclusive },
		{ start: '2026-02-01', end: '2026-03-01' },
	);
	expect(result.read).toBe(result.of);
});

it('finds its own bounds', async () => {
	const result = await readAll({ days: { ...february((day) => day % 7), '2026-03-02': 4, '2009-01-01': 9 } });
	expect(result.read).toBe(result.of);
	expect(result.requests).toBeLessThan(80);
});

it('names the day that holds more than one answer can', async () => {
	await expect(readAll({ days: { '2026-02-03': 11, '2026-02-04': 1 } })).rejects.toThrow(
		'There are 11 events on 2026-02-03, and only 10 of them can be read',
	);
});

it('fails where fewer come than were announced', async () => {
	await expect(readAll({ days: { '1999-01-01': 11 } })).rejects.toThrow(
		'LeadConduit says that there are 11 events, but gave only 10',
	);
});

it('counts days in UTC', () => {
	expect(dayOf('1970-01-02')).toBe(1);
	expect(dayOf('2026-02-03')).toBe(20487);
});
