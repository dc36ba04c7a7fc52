import { createHmac } from 'node:crypto';
import { Agent } from 'undici';
import { startSandbox } from '../../../sandbox/server.mts';
import { accounts } from '../../../sandbox/leadconduit/accounts.mts';
import { ManualClock } from './manual-clock.mts';
import { startReceiver } from './receiver.mts';

const [acme, globex] = accounts;
const clock = new ManualClock();
const agent = new Agent();
let started: Awaited<ReturnType<typeof startSandbox>>;

beforeAll(async () => {
	started = await startSandbox({ port: 0, clock });
});
beforeEach(() => started.sandbox.leadconduit.reset());
afterAll(async () => {
	await agent.destroy();
	await started.close();
});

const sandbox = () => started.sandbox.leadconduit;

async function send(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown, key = acme.key) {
	const response = await agent.request({
		origin: started.url,
		path: `/leadconduit/api/v1${path}`,
		method,
		headers: {
			authorization: `Bearer ${key}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
		},
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	const json = (await response.body.json()) as any;
	return { status: response.statusCode, headers: response.headers, json };
}
const get = async (path: string, key?: string) => await send('GET', path, undefined, key);
const submit = async (lead: unknown, more: object = {}, flow = 'flow_plain') =>
	await send('POST', `/flows/${flow}/leads`, { lead, ...more });

/** Lets what is due happen: deliveries go out after the answer. */
async function settle() {
	clock.advance(0);
	await sandbox().settled();
}

const ana = {
	first_name: 'Ana',
	last_name: 'Ames',
	email: 'ana@shop.example',
	phone: '5125550142',
	state: 'TX',
};

describe('keys', () => {
	it.each(['', 'nobody', 'spara-sandbox-acme'])('%j: 401', async (key) => {
		expect((await get('/flows', key)).status).toBe(401);
	});

	it('one that may only read: 403 to write', async () => {
		const replies = await Promise.all([
			send('POST', '/flows/flow_plain/leads', { lead: ana }, acme.readOnlyKey),
			send('PUT', '/flows/flow_plain/settings', { settings: {} }, acme.readOnlyKey),
			get('/flows', acme.readOnlyKey),
		]);
		expect(replies.map(({ status }) => status)).toEqual([403, 403, 200]);
	});

	it("another account's flow and lead: 404", async () => {
		const [{ id }] = sandbox().leads({ flow: 'flow_solar' });
		expect((await get('/flows/flow_solar', globex.key)).status).toBe(404);
		expect((await get(`/leads/${id}`, globex.key)).status).toBe(404);
		expect((await get('/leads', globex.key)).json.total_count).toBe(5);
	});
});

describe('submit', () => {
	it('answers 201 with the fate of the lead, which GET shows normalised', async () => {
		const { status, json } = await submit(ana, {
			trusted_form_cert_url: 'https://cert.trustedform.com/0a1b',
		});
		expect(status).toBe(201);
		expect(json).toMatchObject({
			status: 'delivered',
			flow_id: 'flow_plain',
			pricing: { amount: 12.5, currency: 'USD' },
		});
		expect(json.events[2]).toMatchObject({ type: 'delivered', recipient: 'crm_main' });
		expect((await get(`/leads/${json.id}`)).json.lead_data).toEqual({ ...ana, phone: '+15125550142' });
	});

	it('rejects what does not fit the criteria, and refuses what came before', async () => {
		const rejected = await submit({ ...ana, state: 'WA' }, {}, 'flow_solar');
		expect([rejected.status, rejected.json.status, rejected.json.pricing]).toEqual([
			201,
			'rejected',
			undefined,
		]);
		await submit(ana);
		const again = await submit({ ...ana, email: 'ANA@shop.example' });
		expect([again.status, again.json.error.code]).toEqual([409, 'duplicate_detected']);
	});

	it.each([
		['no lead', {}],
		['a member too many', { lead: ana, test: true }],
		['a nested lead', { lead: { ...ana, address: { city: 'Austin' } } }],
		['null in a field', { lead: { ...ana, city: null } }],
		['an empty field', { lead: { ...ana, city: '' } }],
		['a wrong email', { lead: { ...ana, email: 'ana' } }],
		['a wrong phone', { lead: { ...ana, phone: '555' } }],
		[
			'a certificate inside the lead',
			{ lead: { ...ana, trusted_form_cert_url: 'https://cert.trustedform.com/1' } },
		],
		['a certificate from elsewhere', { lead: ana, trusted_form_cert_url: 'https://example.com/1' }],
		['an unknown option', { lead: ana, options: { dry_run: true } }],
		['an option of the wrong type', { lead: ana, options: { timeout: '30' } }],
		['a list', [ana]],
	])('%s: 400 with details, or 422', async (_name, body) => {
		const first = await send('POST', '/flows/flow_plain/leads', body);
		expect([first.status, first.json.error.code]).toEqual([400, 'validation_failed']);
		expect(first.json.error.details).toEqual([
			expect.objectContaining({ field: expect.any(String), code: expect.any(String) }),
		]);
		sandbox().configure({ validationStatus: 422 });
		expect((await send('POST', '/flows/flow_plain/leads', body)).status).toBe(422);
		expect(sandbox().statistics().writes).toEqual({});
	});

	it('names every field that a flow misses', async () => {
		const { json } = await submit({ email: 'ana@shop.example' }, {}, 'flow_roofing');
		expect(json.error.details.map(({ field }: { field: string }) => field)).toEqual([
			'phone',
			'postal_code',
			'custom_field_77',
		]);
	});

	it('flat errors, and unknown fields refused, when so switched', async () => {
		sandbox().configure({ errorShape: 'flat', unknownFields: 'refuse' });
		expect((await submit({ ...ana, colour: 'red' })).json).toEqual({ error: 'The lead is not valid' });
		expect((await submit({ ...ana, custom_field_7: 'red' })).status).toBe(201);
	});
});

describe('batch', () => {
	const batch = async (leads: unknown, options?: object) =>
		await send('POST', '/flows/flow_solar/leads/batch', { leads, ...(options && { options }) });
	const entry = (external_id: string, more: object = {}) => ({
		external_id,
		lead: { ...ana, email: `${external_id}@batch.example`, ...more },
	});

	it('answers 207 with a result per lead, not in the order of the request', async () => {
		const { status, json } = await batch([
			entry('a'),
			entry('b', { email: 'x' }),
			entry('c', { state: 'WA' }),
			entry('d', { email: 'a@batch.example' }),
		]);
		expect([status, json.total_leads, json.successful, json.failed]).toEqual([207, 4, 1, 3]);
		expect(json.results).toEqual([
			{
				external_id: 'd',
				status: 'error',
				error: { code: 'duplicate_detected', message: 'already present' },
			},
			{ external_id: 'c', status: 'error', error: { code: 'lead_rejected', message: expect.any(String) } },
			{
				external_id: 'b',
				status: 'error',
				error: { code: 'validation_failed', message: expect.stringContaining('email') },
			},
			{ external_id: 'a', status: 'success', lead_id: expect.any(String), quality_score: expect.any(Number) },
		]);
		expect(sandbox().writes({ kind: 'receive' })).toEqual({ a: 1, b: 1, c: 1, d: 1 });
	});

	it('ends at the first failure when told so, and counts as one request', async () => {
		const before = sandbox().accepted({ limit: 'general' }).length;
		const { json } = await batch([entry('a'), entry('b', { email: 'x' }), entry('c')], {
			continue_on_error: false,
		});
		expect(json.results.map(({ external_id }: { external_id: string }) => external_id)).toEqual(['b', 'a']);
		expect(sandbox().accepted({ limit: 'general' })).toHaveLength(before + 1);
	});

	it.each([
		['no leads', []],
		['an object', {}],
		['no external_id', [{ lead: ana }]],
		['an external_id twice', [entry('a'), entry('a')]],
		[
			'a certificate beside a lead',
			[{ ...entry('a'), trusted_form_cert_url: 'https://cert.trustedform.com/1' }],
		],
	])('%s: 400 for all of it', async (_name, leads) => {
		expect((await batch(leads)).status).toBe(400);
		expect(sandbox().statistics().writes).toEqual({});
	});
});

describe('lists', () => {
	it('search: clamps at 100, describes pages by number, newest first', async () => {
		const { json } = await get('/leads?flow_id=flow_solar&limit=500&offset=100');
		expect(json).toMatchObject({ total_count: 240, page_count: 3, current_page: 2, per_page: 100 });
		expect(json.leads).toHaveLength(100);
		const times = json.leads.map(({ created_at }: { created_at: string }) => created_at);
		expect(times).toEqual([...times].sort().reverse());
		expect((await get('/leads')).json.leads).toHaveLength(25);
	});

	it.each([
		'/leads?limit=0',
		'/leads?limit=x',
		'/leads?offset=-1',
		'/leads?created_before=2026-02-03T09:00:00Z',
		'/leads?created_after=2026-02-03',
		'/leads?status=',
		'/leads?status=a&status=b',
		'/flows?limit=1',
		'/flows/flow_solar/events?start_date=2026-02-03T09:00:00Z',
		'/flows/flow_solar/events?offset=1',
		'/flows/flow_solar/events?start_date=2026-02-04&end_date=2026-02-03',
		'/analytics?group_by=colour',
	])('%s: 400', async (path) => {
		expect((await get(path)).status).toBe(400);
	});

	it('events: says how many there are, and gives as many as asked', async () => {
		const { json } = await get(
			'/flows/flow_solar/events?start_date=2026-02-03&end_date=2026-02-04&event_type=received&limit=5',
		);
		expect(json.events).toHaveLength(5);
		expect(json.total_events).toBeGreaterThan(40);
		for (const { type, timestamp } of json.events)
			expect([type, timestamp]).toEqual(['received', expect.stringMatching(/^2026-02-0[34]T/)]);
	});

	it('analytics: the grouping names its own key, and every metric comes', async () => {
		const { json } = await get('/analytics?flow_id=flow_solar&group_by=source&metric=conversion_rate');
		expect(json.metrics.map(({ source }: { source: string }) => source).sort()).toEqual([
			'facebook',
			'google',
			'partner',
		]);
		expect(Object.keys(json.metrics[0])).toHaveLength(8);
	});
});

describe('settings', () => {
	let onTestEnd = async () => {};
	afterEach(async () => await onTestEnd());
	const put = async (settings: unknown) => await send('PUT', '/flows/flow_solar/settings', { settings });

	it('merges top-level keys and does not show notifications', async () => {
		await put({ notifications: { email: 'ops@shop.example' }, quality_threshold: 0.5 });
		const { status, json } = await put({ notifications: { webhook_url: 'https://hooks.shop.example/1' } });
		expect([status, json.settings]).toEqual([
			200,
			{ acceptance_criteria: expect.any(String), quality_threshold: 0.5 },
		]);
		expect(sandbox().flowSettings({ flow: 'flow_solar' }).notifications).toEqual({
			webhook_url: 'https://hooks.shop.example/1',
		});
	});

	it('shows them with the flow only when so switched', async () => {
		expect((await get('/flows/flow_solar')).json.settings).toBeUndefined();
		sandbox().configure({ showSettings: true });
		expect((await get('/flows/flow_solar')).json.settings).toEqual({
			acceptance_criteria: expect.any(String),
		});
	});

	it.each([
		[{ colour: 1 }],
		[{ quality_threshold: 2 }],
		[{ volume_cap: { daily_limit: 1.5 } }],
		[{ notifications: { webhook_url: '' } }],
		[undefined],
	])('%j: 400', async (settings) => {
		expect((await put(settings)).status).toBe(400);
	});

	it("the flow's URL gets its events, signed inside the body, until it is replaced", async () => {
		const receiver = await startReceiver();
		onTestEnd = receiver.close;
		await put({ notifications: { webhook_url: receiver.url } });
		await submit({ ...ana, email: 'new@shop.example' }, {}, 'flow_solar');
		await settle();
		expect(receiver.received.map(({ body }) => JSON.parse(body).event_type)).toEqual([
			'lead.received',
			'lead.accepted',
			'lead.delivered',
		]);
		const [{ body }] = receiver.received;
		const cut = body.replace(/,"signature":"sha256=([0-9a-f]{64})"}$/, '}');
		const digest = createHmac('sha256', acme.webhookSecret).update(cut).digest('hex');
		expect(body).toBe(`${cut.slice(0, -1)},"signature":"sha256=${digest}"}`);

		await submit({ ...ana, email: 'test@shop.example' }, { options: { test_mode: true } }, 'flow_solar');
		await put({ notifications: {} });
		await submit({ ...ana, email: 'other@shop.example' }, {}, 'flow_solar');
		await settle();
		expect(receiver.received).toHaveLength(3);
	});
});

describe('limits', () => {
	it('100 a minute and 1,000 an hour at once, both exact; headers speak of the hour; no Retry-After', async () => {
		const flows = async () => await get('/flows');
		for (let minute = 0; minute < 10; minute++) {
			const replies = await Promise.all(Array.from({ length: 101 }, flows));
			expect(replies.map(({ status }) => status).filter((status) => status === 429)).toHaveLength(1);
			clock.advance(60_000);
		}
		const { status, headers } = await flows();
		expect([
			status,
			headers['x-ratelimit-limit'],
			headers['x-ratelimit-remaining'],
			headers['retry-after'],
		]).toEqual([429, '1000', '0', undefined]);
		const resetsAt = Number(headers['x-ratelimit-reset']) * 1000;
		expect(resetsAt - clock.now()).toBe(50 * 60_000);
		clock.advance(50 * 60_000 - 1);
		expect((await flows()).status).toBe(429);
		clock.advance(1);
		expect((await flows()).status).toBe(200);
	});
});
