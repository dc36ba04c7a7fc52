import { accounts, partnerKey, reportId } from '../../../sandbox/activeprospect/accounts.mts';
import { basic, openActiveProspect } from './activeprospectApi.mts';

const [, trial] = accounts;
let stage: Awaited<ReturnType<typeof openActiveProspect>>;
beforeAll(async () => (stage = await openActiveProspect()));
beforeEach(() => stage.activeprospect.reset());
afterAll(async () => await stage.close());

const ana = { email: 'ana@shop.example', state: 'TX' };

describe('who is let in', () => {
	it('is told by the password of HTTP Basic, whatever the user is called', async () => {
		const anyUser = `Basic ${Buffer.from(`X:${accounts[0].key}`).toString('base64')}`;
		expect((await stage.send('GET', '/flows', undefined, { authorization: anyUser })).status).toBe(200);
		for (const authorization of [undefined, basic('nobody'), `Bearer ${accounts[0].key}`]) {
			const { status, json } = await stage.send('GET', '/flows', undefined, { authorization });
			expect([status, json]).toEqual([401, { error: 'authentication failed' }]);
		}
	});

	it('reads less on a plan without API', async () => {
		const as = { authorization: basic(trial.key) };
		const { trial: flow } = stage.flows;
		const meta = `/flows/${flow}/sources/${stage.entities.form}/meta`;
		for (const path of [
			'/flows',
			`/flows/${flow}`,
			`/flows/${flow}/fields`,
			'/fields',
			'/events',
			'/search/leads',
			meta,
		]) {
			const { status, json } = await stage.send('GET', path, undefined, as);
			expect([path, status, json]).toEqual([path, 401, { error: 'not authorized' }]);
		}
		for (const path of ['/entities', '/caps', '/ping_limits', '/reports', '/suppressionlist/lists'])
			expect([path, (await stage.send('GET', path, undefined, as)).status]).toEqual([path, 200]);
		// What a plan without API has paid for: leads.
		expect((await stage.post('submit', ana, 'trial')).json.outcome).toBe('success');
	});

	it('keeps the flows and events of accounts apart', async () => {
		await stage.post('submit', ana, 'trial');
		expect((await stage.send('GET', `/flows/${stage.flows.trial}`)).status).toBe(404);
		expect((await stage.send('GET', '/events')).json).toEqual([]);
		const [{ id }] = stage.activeprospect.events();
		expect((await stage.send('GET', `/events/${id}`)).status).toBe(404);
	});
});

describe('sources', () => {
	it('that are closed take nothing, and leave no event', async () => {
		for (const action of ['submit', 'ping'] as const) {
			const { status, json } = await stage.post(action, ana, 'solar', {}, 'closed');
			expect([status, json]).toEqual([403, { message: 'Source is disabled' }]);
		}
		expect(stage.activeprospect.events()).toEqual([]);
	});

	it("may ask for the submitting partner's key, not the account's", async () => {
		const as = async (key: string) =>
			await stage.post('submit', ana, 'solar', { authorization: basic(key) }, 'partner');
		expect((await as(accounts[0].key)).status).toBe(401);
		expect((await stage.post('submit', ana, 'solar', {}, 'partner')).json).toEqual({
			error: 'Unauthorized source',
		});
		expect(stage.activeprospect.events()).toEqual([]);
		expect((await as(partnerKey)).json.outcome).toBe('success');
	});

	it('are known by the ID of their entity, not by that in the flow', async () => {
		const path = `/flows/${stage.flows.solar}/sources/s1a2b3/submit`;
		expect((await stage.send('POST', path, ana)).status).toBe(404);
	});
});

describe('the form of a lead', () => {
	it.each([
		['JSON that ends early', '{"email":', 'application/json', 400],
		['a list', '[1]', 'application/json', 400],
		['XML that ends early', '<lead><email>a', 'text/xml', 400],
		['another type', 'email: a', 'application/yaml', 406],
		['no type', new URLSearchParams('email=a').toString(), '', 415],
	])('%s is a fault in plain text', async (_name, body, type, status) => {
		const reply = await stage.post('submit', body, 'solar', { 'content-type': type });
		expect([reply.status, reply.type, reply.json]).toEqual([status, 'text/plain', undefined]);
		expect(stage.activeprospect.leads()).toEqual([]);
	});

	it('wants an answer that can be given, and one of two methods', async () => {
		expect((await stage.post('submit', ana, 'solar', { accept: 'image/png' })).status).toBe(406);
		const path = `/flows/${stage.flows.solar}/sources/${stage.entities.form}/submit`;
		const { status, type } = await stage.send('DELETE', path);
		expect([status, type]).toEqual([405, 'text/plain']);
	});

	it.each([
		['JSON', '{"email":"ana@shop.example","state":"TX","colour":"red"}', 'application/json'],
		['a form', 'email=ana%40shop.example&state=TX&colour=red', 'application/x-www-form-urlencoded'],
		['XML', '<lead><email>ana@shop.example</email><state>TX</state><colour>red</colour></lead>', 'text/xml'],
	])('%s holds fields; those that the flow has not are ignored', async (_name, body, type) => {
		expect((await stage.post('submit', body, 'solar', { 'content-type': type })).json.outcome).toBe(
			'success',
		);
		expect(stage.activeprospect.leads()).toMatchObject([{ fields: ana }]);
	});

	it('the query wins over the body', async () => {
		const path = `/flows/${stage.flows.solar}/sources/${stage.entities.form}/submit?state=WA`;
		expect((await stage.send('POST', path, ana)).json).toMatchObject({ reason: 'state not served' });
	});
});

describe('a submission is answered with 201 whatever becomes of it', () => {
	it('failure: a state that is not served, a duplicate, a full cap', async () => {
		const reasons = async (flow: 'solar' | 'roofing', ...leads: object[]) => {
			const seen = [];
			for (const lead of leads) {
				const { status, json } = await stage.post('submit', lead, flow);
				expect(json.lead.id).toMatch(/^[0-9a-f]{24}$/);
				seen.push([status, json.outcome, json.reason, json.price]);
			}
			return seen;
		};
		const twice = { ...ana, reference: 'r1' };
		expect(await reasons('solar', { ...ana, state: 'WA' }, twice, twice)).toEqual([
			[201, 'failure', 'state not served', 0],
			[201, 'success', undefined, 18.5],
			[201, 'failure', 'duplicate', 0],
		]);
		expect((await reasons('roofing', ana, ana, ana, ana)).map(([, , reason]) => reason)).toEqual([
			undefined,
			undefined,
			undefined,
			'Cap reached',
		]);
		expect(stage.activeprospect.events()).toContainEqual(
			expect.objectContaining({ outcome: 'failure', reason: 'Cap reached', cap_reached: true }),
		);
	});

	it('error: a flow that is off, once that is deployed', async () => {
		const path = `/flows/${stage.flows.solar}`;
		const readOnly = ['id', 'errors', 'created_at', 'updated_at'];
		const shown = (await stage.send('GET', path)).json as Record<string, unknown>;
		const document = Object.fromEntries(Object.entries(shown).filter(([key]) => !readOnly.includes(key)));
		await stage.send('PUT', path, { ...document, enabled: false });
		expect((await stage.post('submit', ana)).json.outcome).toBe('success');
		await stage.send('POST', `${path}/deploy`);
		expect((await stage.post('submit', ana)).json).toMatchObject({
			outcome: 'error',
			reason: 'Flow is disabled',
			price: 0,
		});
	});
});

describe('pings', () => {
	it('bid, make no lead, and end at their limit', async () => {
		for (let ping = 0; ping < 50; ping++)
			expect((await stage.post('ping', ana)).json).toEqual({ outcome: 'success', price: 18.5 });
		expect((await stage.post('ping', ana)).json).toEqual({
			outcome: 'failure',
			reason: 'Ping limit reached',
			price: 0,
		});
		expect([stage.activeprospect.leads(), stage.activeprospect.events()]).toEqual([[], []]);
		expect((await stage.send('GET', '/ping_limits')).json).toMatchObject([{ count: 51, maximum: 50 }]);
	});

	it('without a price are no bid; a flow without pings refuses', async () => {
		const { status, json } = await stage.post('ping', ana, 'roofing');
		expect([status, json]).toEqual([200, { outcome: 'failure', reason: 'no bid', price: 0 }]);
		expect((await stage.post('ping', ana, 'plain')).status).toBe(403);
	});
});

it('leaves idle counters out, and shows a list without rows as null', async () => {
	expect((await stage.send('GET', '/caps')).json).toEqual([]);
	await stage.post('submit', ana, 'roofing');
	expect((await stage.send('GET', '/caps')).json).toMatchObject([
		{ name: 'Roofing cap', count: 1, maximum: 3 },
	]);
	expect((await stage.send('GET', `/caps?flow_id=${stage.flows.solar}`)).json).toEqual([]);
	stage.activeprospect.empty({ list: 'entities' });
	expect((await stage.send('GET', '/entities')).text).toBe('null');
});

it('wants both dates of a report, and what a new record needs', async () => {
	expect((await stage.send('GET', `/reports/${reportId}/run?start=2026-01-01`)).status).toBe(400);
	expect((await stage.send('POST', '/fields', { name: 'Tier', type: 'string' })).status).toBe(422);
	expect((await stage.send('POST', '/entities', { name: 'Buyer' })).json.error).toContain('module_ids');
});

it('finds 1,000 leads at most, 100 at a time', async () => {
	stage.activeprospect.seedEvents({ count: 1100 });
	const search = async (query: string) => await stage.send('GET', `/search/leads?${query}`);
	expect((await search('limit=100')).json.total).toBe(1100);
	expect((await search('from=900&limit=100')).json.hits).toHaveLength(100);
	for (const query of ['limit=101', 'from=950&limit=100', 'sort_by=price'])
		expect([query, (await search(query)).status]).toEqual([query, 400]);
});
