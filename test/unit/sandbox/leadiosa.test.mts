import { accounts } from '../../../sandbox/leadiosa/accounts.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { ManualClock } from './manual-clock.mts';

const [acme, globex] = accounts;
const [owner, operator] = acme.tokens;
const clock = new ManualClock();
let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => (started = await startSandbox({ port: 0, clock })));
beforeEach(() => started.sandbox.leadiosa.reset());
afterAll(async () => await started.close());

const leadiosa = () => started.sandbox.leadiosa;

async function send(method: string, path: string, body?: unknown, key = owner.key) {
	const headers = {
		authorization: `Bearer ${key}`,
		...(body === undefined ? {} : { 'content-type': 'application/json' }),
	};
	const response = await fetch(`${started.url}/leadiosa/api/v1${path}`, {
		method,
		headers,
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		json: text === '' ? undefined : JSON.parse(text),
	};
}

it('answers errors in the documented shape', async () => {
	const { status, json } = await send('GET', '/conversations/conv_none');
	expect(status).toBe(404);
	expect(json).toEqual({
		error: {
			code: 'conversation_not_found',
			message: expect.any(String),
			request_id: expect.stringMatching(/^req_/),
		},
	});
	expect((await send('GET', '/contacts', undefined, 'nobody')).json.error.code).toBe('unauthorized');
	expect((await send('GET', '/workspace/archive-status', undefined, operator.key)).json.error.code).toBe(
		'forbidden',
	);
});

it('keeps workspaces apart', async () => {
	const [contact] = leadiosa().contacts({ account: globex.id });
	expect((await send('GET', `/contacts/${contact.id}`)).status).toBe(404);
	expect((await send('GET', `/contacts/${contact.id}`, undefined, globex.tokens[0].key)).status).toBe(200);
});

it.each([
	['an unknown field', { title: 'T', content: 'C', color: 'red' }],
	['a null', { title: 'T', content: null }],
	['an empty text', { title: '', content: 'C' }],
	['a missing field', { title: 'T' }],
])('refuses %s', async (_what, body) => {
	const { status, json } = await send('POST', '/knowledge', body);
	expect([status, json.error.code]).toEqual([400, 'validation_error']);
});

it.each([
	'/contacts?limit=101',
	'/contacts?limit=0',
	'/contacts?after=cur_made_up',
	'/contacts?email=a@b.c',
	'/messages',
])('refuses GET %s', async (path) => {
	expect((await send('GET', path)).status).toBe(400);
});

it('pages with cursors that live until the data changes', async () => {
	const first = await send('GET', '/contacts?limit=20');
	expect(first.json.pagination).toEqual({ has_more: true, next_cursor: expect.stringMatching(/^cur_/) });
	const rest = `/contacts?limit=20&after=${encodeURIComponent(first.json.pagination.next_cursor)}`;
	const second = await send('GET', rest);
	expect(second.json.pagination).toEqual({ has_more: false });
	const ids = [...first.json.data, ...second.json.data].map(({ id }: { id: string }) => id);
	expect(ids.sort()).toEqual(
		leadiosa()
			.contacts()
			.map(({ id }) => id)
			.sort(),
	);
	leadiosa().touchContact({ id: ids[0], name: 'Changed' });
	expect((await send('GET', rest)).status).toBe(400);
});

it('counts per token and minute, tells so in headers, and refuses the 301st', async () => {
	const statuses: number[] = [];
	for (let count = 0; count < 300; count++)
		statuses.push((await send('GET', '/billing/subscription')).status);
	expect(new Set(statuses)).toEqual(new Set([200]));
	const refused = await send('GET', '/billing/subscription');
	expect([refused.status, refused.json.error.code]).toEqual([429, 'rate_limited']);
	expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
	expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe(clock.now() / 1000 + 60);
	expect(refused.headers.get('retry-after')).toBe('60');
	expect(
		(await send('GET', '/conversations', undefined, operator.key)).headers.get('x-ratelimit-remaining'),
	).toBe('299');
	clock.advance(60_000);
	expect((await send('GET', '/billing/subscription')).headers.get('x-ratelimit-remaining')).toBe('299');
});

it('takes webhooks on loopback only, and shows a secret once', async () => {
	leadiosa().configure({ ping: 'none' });
	expect((await send('POST', '/webhooks', { url: 'https://example.com/hook' })).status).toBe(400);
	const created = await send('POST', '/webhooks', { url: 'http://127.0.0.1:6052/hook' });
	expect([created.status, typeof created.json.secret]).toEqual([201, 'string']);
	const listed = await send('GET', '/webhooks');
	expect(listed.json.data).toMatchObject([{ id: created.json.id }]);
	expect(JSON.stringify(listed.json)).not.toContain(created.json.secret);
	expect((await send('DELETE', `/webhooks/${created.json.id}`)).status).toBe(204);
	expect((await send('DELETE', `/webhooks/${created.json.id}`)).status).toBe(404);
});

it('does not assign a closed conversation', async () => {
	const [{ id }] = leadiosa().conversations();
	expect((await send('PATCH', `/conversations/${id}`, { status: 'closed' })).status).toBe(200);
	expect((await send('PATCH', `/conversations/${id}`, { assignee_id: 'op_1' })).status).toBe(409);
});
