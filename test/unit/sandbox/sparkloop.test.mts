import { startSandbox } from '../../../sandbox/server.mts';
import { ManualClock } from './manual-clock.mts';
import { startReceiver } from './receiver.mts';

const clock = new ManualClock();
let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => (started = await startSandbox({ port: 0, clock })));
beforeEach(() => started.sandbox.sparkloop.reset());
afterAll(async () => await started.close());

const sparkloop = () => started.sandbox.sparkloop;
const KEY = 'sparkloop-sandbox-acme';

async function send(
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = { 'x-api-key': KEY },
) {
	const isForm = body instanceof FormData;
	const response = await fetch(`${started.url}/sparkloop/v2${path}`, {
		method,
		headers: {
			...headers,
			...(body !== undefined && !isForm && { 'content-type': 'application/json; charset=utf-8' }),
		},
		body: isForm ? body : body === undefined ? undefined : JSON.stringify(body),
	});
	const text = await response.text();
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: text.startsWith('{') ? JSON.parse(text) : undefined,
	};
}

describe('authentication', () => {
	it.each([
		['no key', {}, 'API key is missing!'],
		['a wrong key', { 'x-api-key': 'nope' }, 'User not found!'],
		['a bearer', { authorization: `Bearer ${KEY}` }, 'API key is missing!'],
	])('refuses %s', async (_name, headers, error) => {
		expect(await send('GET', '/campaigns', undefined, headers as Record<string, string>)).toMatchObject({
			status: 401,
			json: { error },
		});
	});
});

describe('the limit', () => {
	it('is 60 in any 60 seconds, and nothing tells of it', async () => {
		const answers = [];
		for (let sent = 0; sent < 61; sent++) answers.push(await send('GET', '/campaigns'));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(60);
		expect(answers[60]).toMatchObject({ status: 429, json: { error: expect.any(String) } });
		const names: string[] = [];
		answers[60].headers.forEach((_value, name) => names.push(name));
		expect(names.filter((name) => /rate|retry/.test(name))).toEqual([]);
		clock.advance(59_999);
		expect((await send('GET', '/campaigns')).status).toBe(429);
		clock.advance(1);
		expect((await send('GET', '/campaigns')).status).toBe(200);
	});
});

describe('subscribers', () => {
	it.each([
		['a taken email', { email: 'reader-1@news.example' }],
		['a taken email in capitals', { email: 'READER-1@news.example' }],
		['no email', { name: 'Ada' }],
		['no valid email', { email: 'ada' }],
		['an empty text', { email: 'a@x.example', name: '' }],
		['null', { email: 'a@x.example', name: null }],
		['an unknown field', { email: 'a@x.example', nickname: 'A' }],
		['a time without offset', { email: 'a@x.example', created_at: '2026-01-01' }],
	])('refuses %s with 400', async (_name, body) => {
		expect(await send('POST', '/subscribers', body)).toMatchObject({
			status: 400,
			json: { error: expect.any(String) },
		});
		expect(sparkloop().writes({ kind: 'create' })).toEqual({});
	});

	it('are found by UUID and by encoded email; PATCH does not exist', async () => {
		const { uuid } = sparkloop().subscriber({ identifier: 'reader-1@news.example' });
		expect((await send('GET', `/subscribers/${uuid}`)).json.subscriber.email).toBe('reader-1@news.example');
		expect(
			(await send('GET', `/subscribers/${encodeURIComponent('reader-1@news.example')}`)).json.subscriber.uuid,
		).toBe(uuid);
		expect((await send('PATCH', `/subscribers/${uuid}`, { name: 'x' })).status).toBe(405);
	});

	it('are listed the newest first, at most 200 on a page', async () => {
		sparkloop().seedSubscribers({ count: 300, prefix: 'more' });
		const { json } = await send('GET', '/subscribers?per_page=500&page=2');
		expect(json.meta).toEqual({ per_page: 200, page: 2, total_pages: 2, total_subscribers: 325 });
		expect(json.subscribers).toHaveLength(125);
		const times = json.subscribers.map(({ created_at: time }: { created_at: string }) => time);
		expect(times).toEqual([...times].sort().reverse());
		expect((await send('GET', '/subscribers?page=0')).status).toBe(400);
		expect((await send('GET', '/subscribers?limit=5')).status).toBe(400);
	});

	it('can be unsubscribed once, and rejected while pending', async () => {
		const path = '/subscribers/reader-5@news.example';
		expect((await send('PUT', `${path}/unsubscribe`)).status).toBe(200);
		expect((await send('PUT', `${path}/unsubscribe`)).status).toBe(409);
		expect((await send('PUT', `${path}/reject`)).status).toBe(200);
		expect((await send('PUT', `${path}/reject`)).status).toBe(409);
		expect((await send('PUT', path, {})).status).toBe(400);
	});
});

describe('publications', () => {
	const form = (changes: Record<string, string | Blob> = {}): FormData => {
		const fields = {
			name: 'New',
			'categories[]': 'Technology',
			audience_gender: 'mixed',
			'income_levels[]': 'any',
			'age_ranges[]': '25-34',
			...changes,
		};
		const data = new FormData();
		for (const [name, value] of Object.entries(fields)) data.append(name, value as string);
		if (!('logo' in changes))
			data.append('logo', new Blob([Buffer.from('89504e470d0a', 'hex')], { type: 'image/png' }), 'a.png');
		return data;
	};

	it('are created from a form with a logo', async () => {
		const { status, json } = await send('POST', '/publications', form());
		expect([status, json.publication.partner_categories]).toEqual([201, ['Technology']]);
	});

	it.each([
		['no form', () => ({ name: 'New' })],
		['a logo that is none', () => form({ logo: new Blob(['text'], { type: 'image/png' }) })],
		['a logo of 1 MB', () => form({ logo: new Blob([Buffer.alloc(1_000_000, 'x')], { type: 'image/png' }) })],
		['an unknown gender', () => form({ audience_gender: 'other' })],
	])('refuse %s', async (_name, body) => {
		expect((await send('POST', '/publications', body())).status).toBe(400);
	});

	it('are the only thing that takes a form', async () => {
		expect((await send('POST', '/subscribers', form())).status).toBe(400);
	});
});

describe('webhooks', () => {
	it('must be https, unless switched, and show what was never set as null', async () => {
		expect(await send('POST', '/webhooks', { url: 'http://x.example', new_referral: true })).toMatchObject({
			status: 400,
			json: { error: 'Url must start with https://' },
		});
		const { json } = await send('POST', '/webhooks', {
			url: 'https://x.example',
			new_referral: true,
			reward_unlocked: false,
		});
		expect(json.webhook.events).toEqual({
			new_referral: true,
			reward_unlocked: false,
			new_partner_referral: null,
			reward_redeemed: null,
		});
		expect((await send('POST', '/webhooks', { url: 'https://x.example', new_offer_lead: true })).status).toBe(
			400,
		);
	});

	it.each([
		[200, '', true],
		[200, 'ok', false],
		[201, '', false],
		[204, '', false],
		[500, '', false],
	])('take %d "%s" for success: %s', async (status, body, accepted) => {
		const { createServer } = await import('node:http');
		const server = createServer((_request, response) => void response.writeHead(status).end(body));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as { port: number };
		sparkloop().configure({ httpsOnly: false });
		await send('POST', '/webhooks', { url: `http://127.0.0.1:${port}`, new_referral: true });
		const [attempt] = await sparkloop().emit({ event: 'new_referral' });
		expect([attempt.status, attempt.accepted]).toEqual([status, accepted]);
		server.closeAllConnections();
		server.close();
	});

	it('get what they asked for, with the token of the account', async () => {
		const receiver = await startReceiver();
		sparkloop().configure({ httpsOnly: false });
		await send('POST', '/webhooks', { url: receiver.url, new_referral: true });
		await sparkloop().emit({ event: 'reward_unlocked' });
		await sparkloop().emit({ event: 'new_referral' });
		await receiver.close();
		expect(receiver.received).toHaveLength(1);
		expect(receiver.received[0].headers['sparkloop-token']).toBe('sparkloop-sandbox-acme-token');
		expect(JSON.parse(receiver.received[0].body)).toMatchObject({
			type: 'new_referral',
			subscriber: { id: expect.stringMatching(/^sub_/), created_at: expect.any(Number) },
		});
	});
});

it('keeps accounts apart', async () => {
	const { uuid } = sparkloop().subscribers({ account: 'globex' })[0];
	expect((await send('GET', `/subscribers/${uuid}`)).status).toBe(404);
	expect((await send('GET', '/publications/pub_globex_1')).status).toBe(404);
});
