import type { IDataObject } from 'n8n-workflow';
import { flow, openStage, READER_KEY, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => {
	stage.leadconduit.reset();
	stage.limitTo();
});
afterAll(async () => await stage.close());

const submit: [string, string] = ['lead', 'submit'];
const solar = () => stage.leadconduit.leads({ flow: 'flow_solar' });
const json = (fields: IDataObject) => ({ leadData: 'json', fieldsJson: fields });
const ana = {
	first_name: 'Ana',
	last_name: 'Ames',
	email: 'ana@shop.example',
	phone: '5125550142',
	state: 'TX',
};
const requests = (route: string) => stage.leadconduit.statistics().routes[route]?.requests;

describe('lead: get', () => {
	it('gives the one lead shape, with how good the lead is beside it', async () => {
		const [known] = solar();
		const { items, error, linkedInputs } = await stage.run(['lead', 'get'], { leadId: '={{ $json.id }}' }, [
			{ id: known.id },
		]);
		expect(error).toBeUndefined();
		expect(items).toEqual([
			{
				json: {
					platform: 'leadconduit',
					id: known.id,
					email: known.lead_data.email,
					firstName: known.lead_data.first_name,
					lastName: known.lead_data.last_name,
					phone: expect.stringMatching(/^\+1\d{10}$/),
					status: known.status,
					createdAt: '2026-02-02T00:00:00.000Z',
					updatedAt: '2026-02-02T00:00:02.000Z',
					customFields: { state: known.lead_data.state, source: known.lead_data.source, campaign: 'spring' },
					flowId: 'flow_solar',
					qualityScore: known.quality_metrics.overall_score,
				},
				pairedItem: { item: 0 },
			},
		]);
		expect(linkedInputs).toEqual([{ id: known.id }]);
	});

	it('gives what LeadConduit sent, without Simplify', async () => {
		const [known] = solar();
		const { items } = await stage.run(['lead', 'get'], { leadId: known.id, simplify: false });
		expect(items[0].json).toEqual(known);
	});
});

describe('lead: submit', () => {
	it('sends exactly what was filled in, the certificate beside the lead', async () => {
		const parameters = {
			flowId: flow('flow_roofing'),
			leadFields: {
				mappingMode: 'defineBelow',
				value: {
					email: '={{ $json.email }}',
					phone: '5125550142',
					postal_code: '78701',
					city: '',
					address: null,
				},
				schema: [],
			},
			customFields: { field: [{ name: 'custom_field_77', value: 'gold' }] },
			additionalFields: { trustedFormCertUrl: 'https://cert.trustedform.com/0a1b' },
			options: { testMode: true, timeout: 15000 },
		};
		const { items, error } = await stage.run(submit, parameters, [{ email: 'ana@shop.example' }]);
		expect(error).toBeUndefined();
		expect(items[0].json).toEqual({
			platform: 'leadconduit',
			id: expect.any(String),
			email: 'ana@shop.example',
			phone: '5125550142',
			status: 'accepted',
			outcome: 'success',
			createdAt: expect.any(String),
			customFields: { postal_code: '78701', custom_field_77: 'gold' },
			flowId: 'flow_roofing',
			qualityScore: expect.any(Number),
			price: 12.5,
			currency: 'USD',
		});
		const [stored] = stage.leadconduit.leads({ flow: 'flow_roofing' });
		expect(stored.lead_data).toEqual({
			email: 'ana@shop.example',
			phone: '+15125550142',
			postal_code: '78701-0001',
			custom_field_77: 'gold',
		});
	});

	it('maps the input by itself, and asks for what the flow requires before anything is sent', async () => {
		const column = (id: string, required: boolean) => ({
			id,
			displayName: id,
			required,
			defaultMatch: false,
			display: true,
			type: 'string',
		});
		const schema = [column('email', true), column('city', false)];
		const leadFields = { mappingMode: 'autoMapInputData', value: null, schema };
		const settings = { onError: 'continueErrorOutput' as const };
		const people = [{ email: 'a@shop.example', city: 'Austin', shoe_size: 9 }, { city: 'Dallas' }];
		const { items, errorItems } = await stage.run(submit, { flowId: flow(), leadFields }, people, {
			settings,
		});
		expect(items.map(({ json, pairedItem }) => [json.email, json.customFields, pairedItem])).toEqual([
			['a@shop.example', { city: 'Austin' }, { item: 0 }],
		]);
		expect(errorItems.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
			['"Lead Fields > email" is missing', { item: 1 }],
		]);
		expect(requests('POST /flows/:flowId/leads')).toBe(1);
	});

	it('takes a simplified lead of any platform', async () => {
		const lead = {
			platform: 'spara',
			id: 'QX7R20MB',
			email: 'ada@shop.example',
			firstName: 'Ada',
			company: 'Engines',
			customFields: { custom_field_1: 'x' },
		};
		await stage.run(submit, { flowId: flow(), leadData: 'lead', lead: '={{ $json }}' }, [lead]);
		const [stored] = stage.leadconduit.leads({ flow: 'flow_plain' });
		expect(stored.lead_data).toEqual({ email: 'ada@shop.example', first_name: 'Ada', custom_field_1: 'x' });
	});

	it('gives a rejected lead as an outcome, or as an error where the user wants that', async () => {
		const parameters = { flowId: flow('flow_solar'), ...json({ ...ana, state: 'WA' }) };
		const { items } = await stage.run(submit, parameters);
		expect(items[0].json).toMatchObject({
			status: 'rejected',
			outcome: 'failure',
			reason: 'state is not in the acceptance criteria',
			email: ana.email,
		});
		const other = {
			flowId: flow('flow_solar'),
			...json({ ...ana, email: 'b@shop.example', state: 'WA' }),
			options: { failOnRejection: true },
		};
		const { error } = await stage.run(submit, other);
		expect(error?.message).toMatch(
			/^LeadConduit did not accept this item: lead \w+ was rejected: state is not in the acceptance criteria$/,
		);
	});

	it.each([400, 422] as const)(
		'names each field that is wrong, whether it is a %i',
		async (validationStatus) => {
			stage.leadconduit.configure({ validationStatus });
			const { error } = await stage.run(submit, { flowId: flow('flow_roofing'), ...json({ email: 'ana' }) });
			expect(error).toMatchObject({
				httpCode: String(validationStatus),
				message:
					'LeadConduit did not accept the request: The lead is not valid: phone is required; postal_code is required; custom_field_77 is required; email has the wrong format',
				description: expect.stringContaining('code validation_failed, request ID'),
			});
		},
	);

	it('reads flat errors, and says what a duplicate is', async () => {
		await stage.run(submit, { flowId: flow(), ...json(ana) });
		expect((await stage.run(submit, { flowId: flow(), ...json(ana) })).error).toMatchObject({
			httpCode: '409',
			message: expect.stringContaining('already present'),
			description: expect.stringContaining('The flow has had this lead before'),
		});
		stage.leadconduit.configure({ errorShape: 'flat' });
		expect((await stage.run(submit, { flowId: flow('flow_none'), ...json(ana) })).error).toMatchObject({
			httpCode: '404',
			message: 'LeadConduit could not find the record: flow not found',
		});
	});

	it('is never repeated where it may have arrived', async () => {
		stage.leadconduit.addFault({ method: 'POST', fault: { kind: 'reset-after' }, count: 1 });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const { error } = await stage.run(submit, { flowId: flow(), ...json(ana) }, [{}], { settings });
		expect(error?.message).toBe('LeadConduit may have received "Submit lead", but it is not certain');
		expect(stage.leadconduit.writes({ kind: 'receive' })).toEqual({ [ana.email]: 1 });
	});

	it('refuses an empty or nested lead before it is sent', async () => {
		const empty = await stage.run(submit, { flowId: flow(), ...json({ email: '', phone: null as never }) });
		expect(empty.error?.message).toBe('There is nothing to submit: no field of the lead has a value');
		const nested = await stage.run(submit, {
			flowId: flow(),
			...json({ email: 'a@b.example', address: { city: 'x' } }),
		});
		expect(nested.error?.message).toBe(
			'"Fields (JSON) > address" must be a text, a number, or true or false',
		);
		expect(requests('POST /flows/:flowId/leads')).toBeUndefined();
	});
});

describe('lead: submitMany', () => {
	it('groups by flow, and gives every item its own result', async () => {
		const items = [0, 1, 2, 3].map((row) => ({ row, flow: row % 2 ? 'flow_plain' : 'flow_solar' }));
		const parameters = {
			flowId: flow('={{ $json.flow }}'),
			...json({ ...ana }),
			fieldsJson: `={{ { ...${JSON.stringify(ana)}, email: $json.row + "@shop.example" } }}`,
			options: { batchSize: 1000 },
		};
		const { items: output, linkedInputs, error } = await stage.run(['lead', 'submitMany'], parameters, items);
		expect(error).toBeUndefined();
		expect(output.map(({ json, pairedItem }) => [json.email, json.flowId, json.status, pairedItem])).toEqual(
			items.map(({ row, flow: flowId }) => [`${row}@shop.example`, flowId, 'success', { item: row }]),
		);
		expect(linkedInputs).toEqual(items);
		expect(requests('POST /flows/:flowId/leads/batch')).toBe(2);
	});

	it('puts unprocessed leads on the error path, with a way out', async () => {
		const items = [0, 1, 2].map((row) => ({ email: row === 1 ? 'wrong' : `${row}@shop.example` }));
		const parameters = {
			flowId: flow(),
			...json({}),
			fieldsJson: '={{ { email: $json.email } }}',
			options: { continueOnError: false },
		};
		const { items: output, errorItems } = await stage.run(['lead', 'submitMany'], parameters, items, {
			settings: { onError: 'continueErrorOutput' },
		});
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(
			errorItems.map(({ json, pairedItem }) => [json.error, (json.details as IDataObject).code, pairedItem]),
		).toEqual([
			[
				'LeadConduit did not accept this item: The lead is not valid: email has the wrong format',
				'validation_failed',
				{ item: 1 },
			],
			[
				'LeadConduit did not accept this item: not processed, because its batch ended at a lead before it',
				'not_processed',
				{ item: 2 },
			],
		]);
	});
});

describe('lead: search', () => {
	it('filters, and reads all by the rows it gets, though the server clamps', async () => {
		stage.leadconduit.configure({ maxSearchRows: 40 });
		const { items, error } = await stage.run(['lead', 'search'], {
			filters: { flowId: 'flow_solar', status: 'delivered' },
			returnAll: true,
		});
		expect(error).toBeUndefined();
		const delivered = solar()
			.filter(({ status }) => status === 'delivered')
			.map(({ id }) => id);
		expect(items.map(({ json }) => json.id).sort()).toEqual(delivered.sort());
		expect(items[0]).toMatchObject({
			json: {
				platform: 'leadconduit',
				customFields: { campaign: 'spring' },
				qualityScore: expect.any(Number),
			},
			pairedItem: { item: 0 },
		});
	});

	it('sends dates with their time, and full leads only for what is wanted', async () => {
		const filters = { createdAfter: '2026-02-10T00:00:00Z', qualityScoreBelow: 0.9 };
		const { items, hints } = await stage.run(['lead', 'search'], {
			filters,
			limit: 7,
			options: { fetchFullLeads: true },
		});
		expect(items).toHaveLength(7);
		for (const { json } of items) {
			expect(json).toMatchObject({ email: expect.stringContaining('@'), flowId: 'flow_solar' });
			expect((json.createdAt as string) > '2026-02-10').toBe(true);
		}
		expect([requests('GET /leads'), requests('GET /leads/:leadId')]).toEqual([1, 7]);
		expect(hints[0].message).toContain('7');
	});
});

describe('flow', () => {
	it('getMany and get', async () => {
		const many = await stage.run(['flow', 'getMany'], { returnAll: true });
		expect(many.items.map(({ json }) => json.id)).toEqual(['flow_solar', 'flow_roofing', 'flow_plain']);
		const one = await stage.run(['flow', 'get'], { flowId: flow('={{ $json.id }}') }, [
			{ id: 'flow_roofing' },
		]);
		expect(one.items[0].json).toMatchObject({
			id: 'flow_roofing',
			configuration: { steps: [{ type: 'source' }, { type: 'enhancement' }] },
		});
	});

	it('updateSettings sends only what was filled in', async () => {
		const before = stage.leadconduit.flowSettings({ flow: 'flow_solar' });
		const { items, error } = await stage.run(['flow', 'updateSettings'], {
			flowId: flow('flow_solar'),
			settings: { qualityThreshold: 0.4, dailyLimit: 50, notificationEmail: '' },
		});
		expect(error).toBeUndefined();
		expect(items[0].json).toMatchObject({ flow_id: 'flow_solar', settings: { quality_threshold: 0.4 } });
		expect(stage.leadconduit.flowSettings({ flow: 'flow_solar' })).toEqual({
			...before,
			quality_threshold: 0.4,
			volume_cap: { daily_limit: 50 },
		});
		const nothing = await stage.run(['flow', 'updateSettings'], { flowId: flow('flow_solar'), settings: {} });
		expect(nothing.error?.message).toBe('There is nothing to update: no setting has a value');
	});
});

describe('event: getMany', () => {
	it('walks the days where one answer does not hold all', async () => {
		stage.leadconduit.configure({ maxEventRows: 100 });
		const { items, error } = await stage.run(['event', 'getMany'], {
			flowId: flow('flow_solar'),
			returnAll: true,
		});
		expect(error).toBeUndefined();
		const all = solar().flatMap(({ events }) => events.map(({ id }) => id));
		expect(items.map(({ json }) => json.eventId).sort()).toEqual(all.sort());
	});

	it('filters by day and type, and gives the shape that the trigger gives', async () => {
		const filters = { startDate: '2026-02-03', endDate: '2026-02-03T23:00:00Z', eventType: 'delivered' };
		const { items } = await stage.run(['event', 'getMany'], {
			flowId: flow('flow_solar'),
			filters,
			limit: 3,
		});
		expect(items).toHaveLength(3);
		expect(items[0].json).toEqual({
			platform: 'leadconduit',
			event: 'delivered',
			eventId: expect.any(String),
			occurredAt: expect.stringMatching(/^2026-02-03T/),
			lead: { platform: 'leadconduit', id: expect.stringMatching(/^lead_/), customFields: {} },
			data: {
				outcome: 'success',
				recipient: { id: 'recipient_5', name: 'CRM', type: 'http_post' },
				duration_ms: 245,
				response_code: 200,
			},
		});
	});
});

it('analytics: get gives the group under a stable key too', async () => {
	const filters = { flowId: 'flow_solar', startDate: '2026-02-01', endDate: '2026-02-28' };
	const { items } = await stage.run(['analytics', 'get'], { groupBy: 'source', filters });
	expect(items.map(({ json }) => json.group).sort()).toEqual(['facebook', 'google', 'partner']);
	for (const { json } of items) {
		expect(json).toMatchObject({
			group: json.source,
			groupBy: 'source',
			startDate: '2026-02-01',
			endDate: '2026-02-28',
			total_leads: expect.any(Number),
		});
	}
});

it('apiRequest: getMany pages by limit and offset', async () => {
	const { items, error } = await stage.run(['apiRequest', 'getMany'], {
		path: '/leads',
		query: { flow_id: 'flow_solar' },
		returnAll: true,
	});
	expect(error).toBeUndefined();
	expect(new Set(items.map(({ json }) => json.id))).toEqual(new Set(solar().map(({ id }) => id)));
	expect(items).toHaveLength(240);
});

it('apiRequest: send', async () => {
	const { items } = await stage.run(['apiRequest', 'send'], {
		method: 'GET',
		path: '/analytics',
		query: { group_by: 'day' },
	});
	expect(items[0].json).toMatchObject({ metrics: expect.any(Array) });
});

it('a key that may not write: 403 with the way out', async () => {
	const { error } = await stage.run(submit, { flowId: flow(), ...json(ana) }, [{}], {
		credential: { apiKey: READER_KEY },
	});
	expect(error).toMatchObject({
		httpCode: '403',
		message: expect.stringContaining('this key may only read'),
	});
});
