import type { IDataObject } from 'n8n-workflow';
import { timeWindows } from '../../../nodes/shared/paging/timeWindows.ts';
import { FakeClock } from '../support/fakeClock.mts';
import { idOf, readPages } from './reading.mts';
import { TimeServer, type Order, type TimedLead } from './timeServer.mts';

const LEADS = 100_000;
const CAP = 1000;
const DAY_S = 24 * 60 * 60;
const NOW = Date.UTC(2026, 5, 1) / 1000;
const A_YEAR_AGO = NOW - 365 * DAY_S;

/** A time of the last year. */
const anyTime = (random: () => number): number => A_YEAR_AGO + Math.floor(random() * (NOW - A_YEAR_AGO));

/** A time of the day, in seconds: mostly about noon, seldom at night. */
const timeOfDay = (random: () => number): number =>
	Math.floor(random() < 0.05 ? random() * DAY_S : (6 + 6 * (random() + random())) * 3600);

const anyDay = (random: () => number): number => Math.floor(random() * 365);

/** A day of the last year, seldom one of the weekend. */
function businessDay(random: () => number): number {
	const day = anyDay(random);
	return day % 7 < 2 && random() < 0.9 ? businessDay(random) : day;
}

/** When 100,000 leads came: seconds within the last year, never 1,000 at once. */
const distributions: Record<string, (random: () => number, index: number) => number> = {
	'spread over a year': anyTime,
	'by day': (random) => A_YEAR_AGO + anyDay(random) * DAY_S + timeOfDay(random),
	'in business hours': (random) => A_YEAR_AGO + businessDay(random) * DAY_S + timeOfDay(random),
	// 20 imports of 4,000 leads within half an hour each, among 20,000 that come one by one.
	'in bursts': (random, index) =>
		index % 5 === 0 ? anyTime(random) : A_YEAR_AGO + (index % 20) * 18 * DAY_S + Math.floor(random() * 1800),
	'more and more': (random) => A_YEAR_AGO + Math.floor(Math.sqrt(random()) * (NOW - A_YEAR_AGO)),
};

/** The leads of a distribution, oldest first; made once. */
const leadsOf = new Map<string, TimedLead[]>();

function leadsIn(distribution: string): TimedLead[] {
	const made = leadsOf.get(distribution);
	if (made) return made;
	const clock = new FakeClock(7);
	const times = Float64Array.from({ length: LEADS }, (_, index) =>
		distributions[distribution](() => clock.random(), index),
	);
	const leads = Array.from(times.sort(), (created, index) => ({
		id: String(index),
		created,
		updated: created,
	}));
	leadsOf.set(distribution, leads);
	return leads;
}

async function countRequests(distribution: string, order: Order, start?: number): Promise<number> {
	const server = new TimeServer({ leads: leadsIn(distribution), cap: CAP, order, now: NOW + 60 });
	const timesOf = ({ created }: IDataObject): number[] => [created as number];
	const { records } = await readPages(() =>
		timeWindows({
			fetch: server.fetch,
			recordId: idOf,
			timesOf,
			cap: CAP,
			start,
			now: () => server.now,
			noun: 'leads',
		}),
	);
	expect(records).toHaveLength(LEADS);
	return server.requests.length;
}

describe('100,000 leads at 1,000 an answer', () => {
	it.each([
		['spread over a year', 'newest', 160],
		['spread over a year', 'oldest', 160],
		['spread over a year', 'shuffled', 160],
		['by day', 'newest', 160],
		['by day', 'oldest', 160],
		['by day', 'shuffled', 160],
		['in business hours', 'newest', 160],
		['in business hours', 'oldest', 160],
		['in business hours', 'shuffled', 160],
		['more and more', 'newest', 160],
		['in bursts', 'newest', 800],
		['in bursts', 'oldest', 800],
	] as const)('%s, %s first, take at most %i requests', async (distribution, order, most) => {
		expect(await countRequests(distribution, order)).toBeLessThanOrEqual(most);
	});

	it('take no more where the user gives a start', async () => {
		expect(await countRequests('spread over a year', 'newest', A_YEAR_AGO)).toBeLessThanOrEqual(160);
	});
});
