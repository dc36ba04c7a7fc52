import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectTrigger } from '../../../nodes/ActiveProspect/ActiveProspectTrigger.node.ts';
import { FakeClock } from '../../unit/support/fakeClock.mts';
import { hostileRequest } from '../../unit/support/hostile.mts';
import { deliver, type Delivery } from '../engine/webhook.mts';
import { openStage, SECRET, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => stage.activeprospect.reset());
afterAll(async () => await stage.close());

const SUBMIT = '/flows/*/sources/*/submit';

describe('10,000 leads at concurrency 6, with faults', () => {
	const COUNT = 10_000;
	const leads = Array.from({ length: COUNT }, (_, row) => ({
		email: `lead${row}@shop.example`,
		customFields: { state: 'TX', reference: `row-${row}` },
	}));

	it('go out once each, and every item says what happened', async () => {
		const faults = [
			{ every: 200, fault: { kind: 'reset-after' } },
			{ every: 210, fault: { kind: 'reset-before' } },
			{ every: 220, fault: { kind: 'status', status: 500 } },
			{ every: 1900, fault: { kind: 'rate-limited', waitMs: 1000, retryAfter: 'seconds' } },
		] as const;
		for (const rule of faults) stage.activeprospect.addFault({ method: 'POST', path: SUBMIT, ...rule });
		const { status, items, errorItems } = await stage.run(
			['lead', 'submit'],
			{
				...stage.posting('plain'),
				leadData: 'lead',
				options: { maxConcurrentRequests: 6 },
			},
			leads,
			{ settings: { onError: 'continueErrorOutput' } },
		);
		expect(status).toBe('success');
		expect(items.length + errorItems.length).toBe(COUNT);

		expect(stage.activeprospect.duplicates({ kind: 'submit' })).toEqual({});
		const written = stage.activeprospect.writes({ kind: 'submit' });
		const rowOf = ({ pairedItem }: { pairedItem?: unknown }) => (pairedItem as { item: number }).item;
		const referenceOf = (item: { pairedItem?: unknown }) => leads[rowOf(item)].customFields.reference;
		for (const item of items) {
			expect(item.json).toMatchObject({ outcome: 'success', email: leads[rowOf(item)].email });
			expect(written[referenceOf(item)]).toBe(1);
		}
		const found = items.filter(({ json }) => json.foundByReference);
		for (const item of errorItems) {
			expect(item.json.error).toBe('ActiveProspect may have received "Submit lead", but it is not certain');
			// What was looked for by its reference and not found is uncertain, and was not applied here.
			expect([referenceOf(item), written[referenceOf(item)]]).toEqual([referenceOf(item), undefined]);
		}
		const [resetAfter, resetBefore, failed, limited] = stage.activeprospect
			.faults()
			.map(({ injected }) => injected);
		expect(found).toHaveLength(resetAfter);
		expect(errorItems).toHaveLength(resetBefore + failed);
		for (const injected of [resetAfter, resetBefore, failed, limited]) expect(injected).toBeGreaterThan(2);
		console.info(
			`10,000 leads: ${items.length} taken, ${found.length} of them found by their reference, ${errorItems.length} uncertain, ${limited} times 429, none twice`,
		);
	}, 300_000);
});

describe('2,000 deliveries, genuine and hostile', () => {
	const COUNT = 2000;
	const GENUINE_EVERY = 4;
	const basic = `Basic ${Buffer.from(`flow:${SECRET}`).toString('base64')}`;
	const formats: Array<(fields: Record<string, string>) => { type: string; body: string }> = [
		({ event_id, lead_id, email }) => ({
			type: 'application/json',
			body: JSON.stringify({ event_id, lead_id, lead: { email } }),
		}),
		({ email, ...rest }) => ({
			type: 'application/x-www-form-urlencoded',
			body: new URLSearchParams({ ...rest, 'lead.email': email }).toString(),
		}),
		({ event_id, lead_id, email }) => ({
			type: 'text/xml',
			body: `<lead><event_id>${event_id}</event_id><lead_id>${lead_id}</lead_id><lead.email>${email}</lead.email></lead>`,
		}),
	];

	it.each([
		['header', { 'x-leadconduit-token': SECRET }, 'x-leadconduit-token'],
		['basic', { authorization: basic }, 'authorization'],
	] as const)(
		'only the genuine ones run, by %s; no stranger is told of a fault of ours',
		async (way, proof, name) => {
			const clock = new FakeClock(11);
			const random = (): number => clock.random();
			const shared = {
				trigger: new ActiveProspectTrigger(),
				credentials: stage.credentialOf({ webhookVerification: way }),
				credentialTypes: stage.credentialTypes,
			};
			const genuine = (serial: number): Required<Pick<Delivery, 'rawBody' | 'headers'>> => {
				// Repeats are known by their ID wherever they come from, so each way has IDs of its own.
				const id = `66aa10f2c0ffee${way === 'basic' ? '01' : '02'}${String(serial).padStart(8, '0')}`;
				const { type, body } = formats[serial % 3]({
					event_id: id,
					lead_id: id,
					email: `lead${serial}@shop.example`,
				});
				return { rawBody: Buffer.from(body), headers: { 'content-type': type, ...proof } };
			};
			const first = genuine(0);
			const seen = {
				headers: first.headers as Record<string, string>,
				body: String(first.rawBody),
				proof: name,
				isBound: false,
			};
			let staticData: IDataObject = {};
			const ran: string[] = [];
			const statuses: Record<number, number> = {};
			for (let serial = 0; serial < COUNT / 2; serial++) {
				const isGenuine = serial % GENUINE_EVERY === 0;
				const { headers, body } = isGenuine ? { headers: {}, body: '' } : hostileRequest(seen, random);
				const request = isGenuine
					? genuine(serial)
					: { headers: headers as never, rawBody: Buffer.from(body) };
				const answered = await deliver({ ...shared, ...request, staticData });
				staticData = answered.staticData;
				const runs = (answered.workflowData ?? [[]])[0].map(
					({ json }) => (json.lead as IDataObject).email as string,
				);
				ran.push(...runs);
				const { status = 0 } = answered;
				statuses[status] = (statuses[status] ?? 0) + 1;
				expect([serial, status >= 200 && status < 500]).toEqual([serial, true]);
				if (isGenuine) expect([status, answered.body]).toEqual([200, '{"outcome":"success"}']);
			}
			const expected = Array.from(
				{ length: COUNT / 2 / GENUINE_EVERY },
				(_, at) => `lead${at * GENUINE_EVERY}@shop.example`,
			);
			expect(ran).toEqual(expected);
			console.info(`${way}: ${COUNT / 2} deliveries, ${ran.length} ran, answers ${JSON.stringify(statuses)}`);
		},
		120_000,
	);
});

describe('5,000 events while new ones come, with faults', () => {
	it('are each read once', async () => {
		const seeded = stage.activeprospect.seedEvents({ count: 5000 });
		stage.activeprospect.addFault({
			method: 'POST',
			path: '/events',
			every: 4,
			fault: { kind: 'reset-after' },
		});
		stage.activeprospect.addFault({
			method: 'POST',
			path: '/events',
			every: 5,
			count: 1,
			fault: { kind: 'status', status: 503 },
		});
		const reading = stage.run(
			['event', 'getMany'],
			{
				returnAll: true,
				options: { oldestFirst: '={{ $json.oldestFirst }}' },
			},
			[{ oldestFirst: true }, { oldestFirst: false }],
		);
		for (let more = 0; more < 40; more++) {
			stage.activeprospect.seedEvents({ count: 5 });
			await new Promise((resolve) => setImmediate(resolve));
		}
		const { items, error } = await reading;
		expect(error).toBeUndefined();
		for (const item of [0, 1]) {
			const ids = items
				.filter(({ pairedItem }) => (pairedItem as { item: number }).item === item)
				.map(({ json }) => json.eventId);
			expect(new Set(ids).size).toBe(ids.length);
			expect(seeded.filter((id) => !ids.includes(id))).toEqual([]);
		}
		console.info(`events: ${items.length} items of two readings of 5,000 and more, none twice, none missing`);
	}, 120_000);
});
