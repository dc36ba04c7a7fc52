import { startSandbox } from '../../../sandbox/server.mts';
import { errorShapes } from '../../../sandbox/spara/errors.mts';
import { acme, globex, sparaApi } from './api.mts';
import { ManualClock } from './manual-clock.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
let api: ReturnType<typeof sparaApi>;
const clock = new ManualClock();

beforeAll(async () => {
	started = await startSandbox({ port: 0, clock });
	api = sparaApi(started.url);
});
beforeEach(() => started.sandbox.spara.reset());
afterAll(async () => {
	await api.close();
	await started.close();
});

const spara = () => started.sandbox.spara;
const create = async (body: unknown) => await api.send('POST', '/leads', body);
const created = async (body: unknown) => (await create(body)).json;
const update = async (id: string, body: unknown) => await api.send('PATCH', `/leads/${id}`, body);
const ada = { email: 'ada@example.com', first_name: 'Ada', num_employees: 12, is_customer: false };

describe('authentication', () => {
	it.each([
		['no header', ''],
		['another scheme', `Basic ${acme.key}`],
		['an unknown key', 'Bearer nobody'],
		['a bare key', acme.key],
	])('%s: 401', async (_case, authorization) => {
		const { status, json } = await api.send('GET', '/leads/search', undefined, { authorization });
		expect([status, json.error.code]).toEqual([401, 'unauthorized']);
	});

	it('is asked for before anything else', async () => {
		const replies = await Promise.all([
			api.send('POST', '/leads', '{', { authorization: '' }),
			api.send('GET', '/nowhere', undefined, { authorization: '' }),
		]);
		expect(replies.map(({ status }) => status)).toEqual([401, 401]);
	});

	it('another organisation’s lead: 403 to get, update and call; not found by search', async () => {
		const { id } = await created(ada);
		const foreign = { authorization: `Bearer ${globex.key}` };
		const replies = await Promise.all([
			api.send('GET', `/leads/${id}`, undefined, foreign),
			api.send('PATCH', `/leads/${id}`, {}, foreign),
			api.send('POST', `/leads/${id}/call`, { voice_agent_id: globex.agents[0].id }, foreign),
		]);
		expect(replies.map(({ status }) => status)).toEqual([403, 403, 403]);
		const search = await api.send('GET', '/leads/search?email=ada@example.com', undefined, foreign);
		expect(search.json.data).toEqual([]);
	});
});

describe('create and get', () => {
	it('answers 200 with the lead, which get then shows unwrapped', async () => {
		const { status, json, headers } = await create(ada);
		expect(status).toBe(200);
		expect(json).toEqual({
			object: 'lead',
			id: expect.stringMatching(/^[A-Z0-9]{8}$/),
			created_at: '2026-06-01T00:00:00Z',
			updated_at: '2026-06-01T00:00:00Z',
			url: `https://app.spara.co/conversations/${json.id}`,
			data: ada,
			calls: [],
		});
		expect(headers['x-request-id']).toMatch(/^[\w-]{36}$/);
		expect((await api.send('GET', `/leads/${json.id}`)).json).toEqual(json);
	});

	it('takes a lead without any field, and one email twice', async () => {
		expect((await create({})).json.data).toEqual({});
		const [first, second] = [await created(ada), await created(ada)];
		expect(first.id).not.toBe(second.id);
		expect(spara().duplicates({ kind: 'create' })).toEqual({ 'ada@example.com': 2 });
	});

	it('unknown id: 404 to get, update and call', async () => {
		const replies = await Promise.all([
			api.send('GET', '/leads/NOSUCHID'),
			update('NOSUCHID', {}),
			api.send('POST', '/leads/NOSUCHID/call', {}),
		]);
		expect(replies.map(({ status }) => status)).toEqual([404, 404, 404]);
	});
});

describe('update', () => {
	it('answers 200 with a zero-length body and leaves other fields alone', async () => {
		const { id } = await created(ada);
		clock.advance(90_000);
		const { status, text, headers } = await update(id, { first_name: 'Augusta' });
		expect([status, text, headers['content-length'], headers['content-type']]).toEqual([
			200,
			'',
			'0',
			undefined,
		]);
		const { json } = await api.send('GET', `/leads/${id}`);
		expect(json.data).toEqual({ ...ada, first_name: 'Augusta' });
		expect(Date.parse(json.updated_at) - Date.parse(json.created_at)).toBe(90_000);
	});

	it.each([
		['object', '{}'],
		['null', 'null'],
	] as const)('can answer %s instead', async (emptyBody, text) => {
		spara().configure({ emptyBody });
		expect((await update((await created(ada)).id, {})).text).toBe(text);
	});

	it('moves a lead to its new email', async () => {
		const { id } = await created(ada);
		await update(id, { email: 'Augusta@example.com' });
		const found = async (email: string) =>
			(await api.send('GET', `/leads/search?email=${email}`)).json.data.length;
		expect([await found('ada@example.com'), await found('augusta@EXAMPLE.com')]).toEqual([0, 1]);
	});
});

describe('what is refused', () => {
	it.each([
		['malformed JSON', '{"email":', 400],
		['an empty body', '', 400],
		['an array', [], 400],
		['null', 'null', 400],
		['a string', '"ada"', 400],
		['a string for an integer', { num_employees: '12' }, 400],
		['an integer for a string', { phone_number: 14155550100 }, 400],
		['a boolean for a string', { first_name: true }, 400],
		['a float', { score: 1.5 }, 400],
		['an integer too large to be exact', { score: 2 ** 60 }, 400],
		['null in a field', { first_name: null }, 400],
		['a nested object', { data: { email: 'ada@example.com' } }, 400],
		['an array in a field', { tags: ['a'] }, 400],
		['an empty field name', { '': 'x' }, 400],
		['ip_address', { ip_address: '127.0.0.1' }, 422],
		['id', { id: 'X' }, 422],
		['created_at', { created_at: '2026-01-01T00:00:00Z' }, 422],
		['updated_at', { updated_at: 1 }, 422],
		['url', { url: 'https://example.com' }, 422],
		['a negative number of employees', { num_employees: -1 }, 422],
		['an impossible email', { email: 'ada' }, 422],
		['a wrong type beside a read-only field', { ip_address: 'x', num_employees: 'x' }, 400],
	])('%s', async (_case, body, status) => {
		const { id } = await created(ada);
		expect((await create(body)).status).toBe(status);
		expect((await update(id, body)).status).toBe(status);
		expect(spara().lead({ id }).data).toEqual(ada);
		expect(spara().statistics().writes).toEqual({ create: { total: 1, distinct: 1, duplicated: 0 } });
	});

	it('a custom field keeps the type it was first saved with', async () => {
		expect((await create({ score: 'high', email: 'no address' })).status).toBe(422);
		const { id } = await created({ score: 5 });
		expect((await create({ score: '5' })).status).toBe(400);
		expect((await update(id, { score: true })).status).toBe(400);
		expect((await update(id, { score: 6 })).status).toBe(200);
		const elsewhere = { authorization: `Bearer ${globex.key}` };
		expect((await api.send('POST', '/leads', { score: '5' }, elsewhere)).status).toBe(200);
	});

	it('unknown custom fields and Salesforce fields, when so switched', async () => {
		expect((await create({ colour: 'red', salesforce_account_id: 'x' })).status).toBe(200);
		spara().reset();
		spara().configure({ unknownFields: 'refuse', salesforceFields: 'read-only' });
		expect((await create({ colour: 'red' })).status).toBe(422);
		expect((await create({ salesforce_account_id: 'x' })).status).toBe(422);
	});

	it.each(['text/plain', 'application/x-www-form-urlencoded', 'text/json'])(
		'a body of type %s: 415',
		async (type) => {
			expect((await api.send('POST', '/leads', '{}', { 'content-type': type })).status).toBe(415);
		},
	);

	it('a body over 1 MiB: 413', async () => {
		expect((await create({ note: 'x'.repeat(1_048_577) })).status).toBe(413);
	});

	it('unknown paths: 404; unknown methods: 405 with what is allowed', async () => {
		const { json, status } = await api.send('GET', '/users');
		expect([status, json.error.code]).toEqual([404, 'not_found']);
		expect((await api.send('GET', '/leads/search/')).status).toBe(404);
		expect((await api.send('GET', '/leads')).headers.allow).toBe('POST');
		const methods = ['DELETE', 'HEAD', 'OPTIONS', 'POST'] as const;
		const replies = await Promise.all(methods.map(async (method) => await api.send(method, '/leads/X')));
		expect(replies.map(({ status, headers }) => [status, headers.allow])).toEqual(
			methods.map(() => [405, 'GET, PATCH']),
		);
	});

	it.each(errorShapes)('in the %s shape', async (errorShape) => {
		spara().configure({ errorShape });
		const { text } = await create({ num_employees: '12' });
		const message = "Field 'num_employees' must be of type integer";
		const expected = {
			nested: { error: { code: 'invalid_request', message } },
			flat: { message },
			string: { error: message },
			detail: { detail: message },
			list: { errors: [{ code: 'invalid_request', field: 'num_employees', message }] },
			text: message,
		}[errorShape];
		expect(text).toBe(typeof expected === 'string' ? expected : JSON.stringify(expected));
	});
});
