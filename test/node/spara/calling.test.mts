import { systemClock } from '../../../nodes/shared/clock';
import { openSpara, VOICE_AGENT, type SparaRun, type SparaStage } from './stage.mts';

const HOUR = 60 * 60 * 1000;
const WEEK = 7 * 24 * HOUR;

/** A Wednesday, noon in UTC; each test has a week of its own, since calls of the last day are remembered by the process. */
let noon = Date.UTC(2026, 1, 4, 12);
const day = (offset: number): string => new Date(noon + offset * 24 * HOUR).toISOString().slice(0, 10);

let stage: SparaStage;
let now: jest.SpiedFunction<typeof systemClock.now>;
beforeEach(async () => {
	noon += WEEK;
	stage = await openSpara();
	const startedAt = systemClock.now();
	const real = systemClock.now.bind(systemClock);
	now = jest.spyOn(systemClock, 'now').mockImplementation(() => noon + real() - startedAt);
});
afterEach(async () => {
	now.mockRestore();
	await stage.close();
});

const office = { hours: { from: '09:00', to: '18:00', weekdays: [1, 2, 3, 4, 5], timeZone: 'UTC' } };
const callable = () =>
	stage.sandbox.leads().filter(({ data, calls }) => data.phone_number && calls.length === 0);
const call = async (leadId: string, options: object, run: SparaRun = {}) =>
	await stage.lead('call', { leadId, voiceAgentId: VOICE_AGENT, options: options as never }, run);
const rings = (): number =>
	Object.values(stage.sandbox.writes({ kind: 'ring' })).reduce((sum, count) => sum + count, 0);

describe('a call', () => {
	it('is placed within the hours, with one request', async () => {
		const [{ id }] = callable();
		const { items } = await call(id, { callingHours: office });
		expect(items).toEqual([
			{ json: expect.objectContaining({ leadId: id, queued: true }), pairedItem: { item: 0 } },
		]);
		expect(stage.sandbox.statistics().requests).toBe(1);
	});

	it('outside of the hours is an item that says when it may be', async () => {
		const [{ id }] = callable();
		const early = { hours: { ...office.hours, to: '10:00' } };
		const { items, status } = await call(id, { callingHours: early });
		expect(status).toBe('success');
		expect(items).toEqual([
			{
				json: {
					leadId: id,
					queued: false,
					reason: 'outsideCallingHours',
					nextAllowedAt: `${day(1)}T09:00:00.000Z`,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(rings()).toBe(0);
	});

	it("keeps to the lead's own time zone, and says what is wrong with it", async () => {
		const [{ id }, { id: wrong }] = callable();
		await stage.lead('update', {
			leadId: id,
			customFields: { field: [{ name: 'tz', type: 'text', text: 'Asia/Tokyo' }] },
		});
		await stage.lead('update', {
			leadId: wrong,
			customFields: { field: [{ name: 'tz', type: 'text', text: 'Moon' }] },
		});
		const hours = { hours: { ...office.hours, timeZoneField: 'tz' } };
		expect((await call(id, { callingHours: hours })).items[0].json).toMatchObject({
			queued: false,
			nextAllowedAt: `${day(1)}T00:00:00.000Z`,
		});
		expect((await call(wrong, { callingHours: hours })).error?.message).toBe(
			'The lead\'s field "tz" holds "Moon", which is not a time zone',
		);
		expect(rings()).toBe(0);
	});

	it('is not placed where the lead must not be called', async () => {
		const [{ id }, { id: other }] = callable();
		await stage.lead('update', {
			leadId: id,
			customFields: { field: [{ name: 'dnc', type: 'boolean', boolean: true }] },
		});
		const options = { doNotCallField: 'dnc' };
		expect((await call(id, options)).items[0].json).toEqual({
			leadId: id,
			queued: false,
			reason: 'doNotCall',
		});
		expect((await call(other, options)).items[0].json).toMatchObject({ queued: true });
		expect(rings()).toBe(1);
	});

	it('of a lead that was just queued is not placed again, in one run or in two at one moment', async () => {
		const [{ id }, { id: other }] = callable();
		const options = { minimumHoursBetweenCalls: 4, maximumCalls: 2 };
		const items = [{}, {}, {}];
		const { items: output } = await call(id, options, { items });
		expect(output.map(({ json }) => json.queued)).toEqual([true, false, false]);
		expect(output[1].json).toMatchObject({ reason: 'calledRecently' });
		expect(Date.parse(String(output[1].json.nextAllowedAt)) - noon).toBeGreaterThanOrEqual(4 * HOUR);
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		const both = await Promise.all([call(other, options), call(other, options)]);
		expect(both.map(({ items: [{ json }] }) => json.queued).sort()).toEqual([false, true]);
		expect(rings()).toBe(2);
	});

	it('that was refused may be tried again at once', async () => {
		const [{ id }] = callable();
		stage.sandbox.addFault({ method: 'POST', count: 1, fault: { kind: 'status', status: 400 } });
		const options = { minimumHoursBetweenCalls: 4 };
		expect((await call(id, options)).status).toBe('error');
		expect((await call(id, options)).items[0].json).toMatchObject({ queued: true });
	});

	it('is remembered as queued when n8n runs the node again', async () => {
		const [{ id }] = callable();
		const items = [{ id }, { id: 'NOSUCH00' }];
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 } as SparaRun['settings'];
		await stage.lead(
			'call',
			{ leadId: '={{ $json.id }}', voiceAgentId: VOICE_AGENT, options: { minimumHoursBetweenCalls: 4 } },
			{ items, settings },
		);
		expect(rings()).toBe(1);
	});

	it.each([
		[{ ...office.hours, from: '9am' }, '"Calling Hours > From" must be a time such as 09:00, but is "9am"'],
		[{ ...office.hours, from: '19:00' }, '"Calling Hours > To" must be later than From'],
		[
			{ ...office.hours, timeZone: 'Moon' },
			'"Calling Hours > Time Zone" must be a time zone such as Europe/Berlin, but is "Moon"',
		],
	])('with wrong hours is refused before anything is sent', async (hours, message) => {
		const [{ id }] = callable();
		expect((await call(id, { callingHours: { hours } })).error?.message).toBe(message);
		expect(stage.sandbox.statistics().requests).toBe(0);
	});
});
