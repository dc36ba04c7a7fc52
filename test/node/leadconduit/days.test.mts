import { flow, openStage, type Stage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.leadconduit.forget());
afterAll(async () => await stage.close());

const ZONES = [
	'Pacific/Kiritimati',
	'Asia/Tokyo',
	'Europe/Berlin',
	'UTC',
	'America/New_York',
	'Pacific/Pago_Pago',
];

/** As the picker gives days, and as expressions do. */
const DAYS: Record<string, [string, string]> = {
	'the picker': ['2026-02-02T00:00:00', '2026-02-03T00:00:00'],
	'the picker without a time': ['2026-02-02', '2026-02-03'],
	'the picker late in the day': ['2026-02-02T23:30:00', '2026-02-03T23:30:00'],
	'a text': ['={{ "2026-02-02" }}', '={{ "2026-02-03" }}'],
	'a date of the workflow': [
		'={{ DateTime.fromISO("2026-02-02T00:00:00", { zone: $now.zoneName }) }}',
		'={{ DateTime.fromISO("2026-02-03T23:59:59", { zone: $now.zoneName }) }}',
	],
	'its text': [
		'={{ DateTime.fromISO("2026-02-02T00:00:00", { zone: $now.zoneName }).toISO() }}',
		'={{ DateTime.fromISO("2026-02-03T23:59:59", { zone: $now.zoneName }).toISO() }}',
	],
	'its instant in UTC': [
		'={{ DateTime.fromISO("2026-02-02T00:00:00", { zone: $now.zoneName }).toUTC().toISO() }}',
		'={{ DateTime.fromISO("2026-02-03T23:59:59", { zone: $now.zoneName }).toUTC().toISO() }}',
	],
	'another zone, as written': ['2026-02-02T23:30:00+14:00', '2026-02-03T00:30:00-11:00'],
};

/** The days that LeadConduit was asked for. */
function askedFor(): string[] {
	const [{ path }] = stage.leadconduit.requests();
	const query = new URLSearchParams(path.split('?')[1]);
	return [String(query.get('start_date')), String(query.get('end_date'))];
}

describe.each(ZONES)('a day is that day in %s', (timezone) => {
	it.each(Object.entries(DAYS))('from %s', async (_, [startDate, endDate]) => {
		const filters = { startDate, endDate };
		const events = await stage.run(['event', 'getMany'], { flowId: flow(), filters }, [{}], { timezone });
		expect(events.error).toBeUndefined();
		expect(askedFor()).toEqual(['2026-02-02', '2026-02-03']);
		stage.leadconduit.forget();
		await stage.run(['analytics', 'get'], { groupBy: 'source', filters }, [{}], { timezone });
		expect(askedFor()).toEqual(['2026-02-02', '2026-02-03']);
	});
});

it.each(['next Tuesday', '2026-02-30', 20260202])('%j is no day', async (startDate) => {
	const { error } = await stage.run(['event', 'getMany'], { flowId: flow(), filters: { startDate } });
	expect(error?.message).toBe(`"Start Date" must be a date, but is "${startDate}"`);
	expect(stage.leadconduit.requests()).toEqual([]);
});
