import { Agent } from 'undici';
import { accounts } from '../../../sandbox/sparx/accounts.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { startReceiver } from './receiver.mts';

const [{ keys, products }] = accounts;
const agent = new Agent();
let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => (started = await startSandbox({ port: 0 })));
beforeEach(() => started.sandbox.sparx.reset());
afterAll(async () => {
	await agent.destroy();
	await started.close();
});

const sparx = () => started.sandbox.sparx;

async function send(
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
) {
	const response = await agent.request({
		origin: started.url,
		path: `/sparx/v1${path}`,
		method,
		headers: {
			authorization: `Bearer ${keys.editor}`,
			...(body !== undefined && { 'content-type': 'application/json' }),
			...headers,
		},
		body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.body.text();
	return {
		status: response.statusCode,
		headers: response.headers,
		text,
		json: text ? JSON.parse(text) : undefined,
	};
}

const customerId = () => String(sparx().customers()[0].id);
const order = (more: object = {}) => ({
	customerId: customerId(),
	items: [{ sku: 'HAT-1', name: 'Felt hat', unitPrice: 45.5 }],
	...more,
});

describe('authentication (contract section 1)', () => {
	it.each([
		['no header', '', 'Authentication required.'],
		['a lower-case scheme', `bearer ${keys.editor}`, 'Authentication required.'],
		['an unknown key', 'Bearer sk_live_nobody', 'Invalid or expired API key.'],
		['another token', 'Bearer eyJhbGciOi', 'Invalid or expired token.'],
	])('%s: 401', async (_case, authorization, message) => {
		const { status, json } = await send('GET', '/nowhere', undefined, { authorization });
		expect([status, json]).toEqual([401, { success: false, error: { code: 'unauthorized', message } }]);
	});

	it('knows roles: keys are editors, who may not manage webhooks', async () => {
		const subscription = { name: 'n8n', url: 'https://x.example', events: ['redirect.added'] };
		const path = '/webhooks/subscriptions';
		expect((await send('POST', path, 'not even JSON', {})).status).toBe(400);
		expect((await send('POST', path, subscription)).json.error).toEqual({
			code: 'forbidden',
			message: 'Requires admin role or higher.',
		});
		const admin = { authorization: `Bearer ${keys.admin}` };
		expect((await send('POST', path, subscription, admin)).json.data.signingSecret).toMatch(
			/^whsec_[0-9a-f]{64}$/,
		);
		expect((await send('GET', path)).json.data[0].signingSecret).toMatch(/^whsec_..…$/);
		sparx().configure({ editorsManageWebhooks: true });
		expect((await send('POST', path, subscription)).status).toBe(201);
		const viewer = { authorization: `Bearer ${keys.viewer}` };
		expect((await send('POST', '/crm/orders', order(), viewer)).status).toBe(403);
	});
});

describe('dialects (contract section 7)', () => {
	const both = async (act: () => Promise<{ status: number; json: { error: { code: string } } }>) => {
		const results = [];
		for (const dialect of ['documented', 'observed'] as const) {
			sparx().configure({ dialect });
			const { status, json } = await act();
			results.push([status, json.error.code]);
		}
		return results;
	};

	it.each([
		[
			'a malformed body',
			async () => await send('POST', '/crm/orders', '{'),
			[
				[400, 'bad_request'],
				[500, 'INTERNAL_ERROR'],
			],
		],
		[
			'an empty JSON body',
			async () => await send('DELETE', `/crm/customers/${customerId()}`, ''),
			[
				[400, 'bad_request'],
				[500, 'INTERNAL_ERROR'],
			],
		],
		[
			'a number that is taken',
			async () => await send('POST', '/crm/orders', order({ orderNumber: '1042' })),
			[
				[409, 'conflict'],
				[500, 'INTERNAL_ERROR'],
			],
		],
		[
			'an unknown product',
			async () =>
				await send(
					'POST',
					'/crm/orders',
					order({ items: [{ sku: 'a', name: 'b', productId: customerId() }] }),
				),
			[
				[500, 'internal_error'],
				[500, 'INTERNAL_ERROR'],
			],
		],
		[
			'an unknown route',
			async () => await send('POST', '/crm/orders/'),
			[
				[404, 'not_found'],
				[404, 'NOT_FOUND'],
			],
		],
		[
			'a wrong method',
			async () => await send('DELETE', '/crm/orders'),
			[
				[404, 'not_found'],
				[404, 'NOT_FOUND'],
			],
		],
	])('%s', async (_case, act, expected) => {
		expect(await both(act)).toEqual(expected);
	});

	it('the module gate', async () => {
		sparx().configure({ isCrmActive: false });
		expect(await both(async () => await send('GET', '/crm/orders?take=nonsense'))).toEqual([
			[403, 'module_disabled'],
			[404, 'MODULE_DISABLED'],
		]);
		expect((await send('GET', '/webhooks/subscriptions')).status).toBe(200);
	});

	it('a rate limit: 429, or a 500 with retry-after', async () => {
		sparx().limit({ name: 'general', windows: [{ limit: 1, windowMs: 60_000 }], retryAfter: 'seconds' });
		await send('GET', '/crm/orders');
		for (const [dialect, status] of [
			['documented', 429],
			['observed', 500],
		] as const) {
			sparx().configure({ dialect });
			const reply = await send('GET', '/crm/orders');
			expect([reply.status, reply.headers['x-ratelimit-remaining']]).toEqual([status, '0']);
			expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
		}
	});

	it('money, numbers, discounts, details', async () => {
		const create = async () => (await send('POST', '/crm/orders', order({ discountTotal: 3 }))).json.data;
		expect(await create()).toMatchObject({
			total: 42.5,
			discountTotal: 3,
			orderNumber: expect.stringMatching(/^\d+$/),
		});
		sparx().configure({ dialect: 'observed' });
		const count = sparx().orders().length;
		expect(await create()).toMatchObject({
			total: '45.5',
			discountTotal: '0',
			orderNumber: `O-${String(count + 1).padStart(6, '0')}`,
			items: [{ unitPrice: '45.5', quantity: 1 }],
		});
		const { json } = await send(
			'POST',
			'/crm/orders',
			order({ items: [{ sku: '', name: 'b', unitPrice: 1.005 }] }),
		);
		expect(json.error.details.map(({ path }: { path: string }) => path)).toEqual([
			'items.0.sku',
			'items.0.unitPrice',
		]);
		expect(json.error.request_id).toMatch(/^req_[0-9a-f]{32}$/);
	});

	it('parallel creates with Sparx’s own numbers fail where it counts orders', async () => {
		const parallel = async () =>
			(
				await Promise.all(Array.from({ length: 8 }, async () => await send('POST', '/crm/orders', order())))
			).map(({ status }) => status);
		expect(new Set(await parallel())).toEqual(new Set([201]));
		sparx().configure({ dialect: 'observed' });
		expect(new Set(await parallel())).toEqual(new Set([201, 500]));
	});

	it('a partial customer update keeps or resets what was not sent', async () => {
		const id = customerId();
		const update = async () => {
			sparx().changeCustomer({ id, customer: { type: 'b2b', tags: ['vip'], doNotContact: true } });
			return (await send('PATCH', `/crm/customers/${id}`, { company: 'New' })).json.data;
		};
		expect(await update()).toMatchObject({ type: 'b2b', tags: ['vip'], doNotContact: true });
		sparx().configure({ dialect: 'observed' });
		expect(await update()).toMatchObject({ type: 'prospect', tags: [], doNotContact: false, company: 'New' });
	});

	it('/me', async () => {
		expect((await send('GET', '/me')).status).toBe(200);
		sparx().configure({ hasMeRoute: false });
		expect((await send('GET', '/me')).status).toBe(404);
	});
});

describe('what is refused with 422', () => {
	it.each([
		['null in a header field', { currency: null }],
		['null for a quantity', { items: [{ sku: 'a', name: 'b', quantity: null }] }],
		['a number as text', { shippingTotal: '5' }],
		['no items', { items: [] }],
		['a lower-case currency', { currency: 'usd' }],
		['an offset in a time', { placedAt: '2026-07-01T09:30:00+02:00' }],
		['half an address', { shippingAddress: { line1: 'x' } }],
		['a customer that is no UUID', { customerId: 'x' }],
	])('%s', async (_case, more) => {
		const { status, json } = await send('POST', '/crm/orders', order(more));
		expect([status, json.error.code]).toEqual([422, 'validation_error']);
	});

	it.each(['take=0', 'take=251', 'take=', 'take=1&take=2', 'skip=-1', 'status=open', 'sort_by=total'])(
		'GET /crm/orders?%s',
		async (query) => {
			expect((await send('GET', `/crm/orders?${query}`)).status).toBe(422);
		},
	);
});

it('lists newest first with total and per_page, without items; skips past the end', async () => {
	sparx().seed({ orders: 100 });
	const { json } = await send('GET', '/crm/orders?sort_by=createdAt&skip=110');
	expect(json.meta).toEqual({ total: 120, per_page: 50 });
	expect(json.data).toHaveLength(10);
	expect(json.data[0]).not.toHaveProperty('items');
	const times = json.data.map(({ createdAt }: { createdAt: string }) => createdAt);
	expect(times).toEqual([...times].sort().reverse());
	expect((await send('GET', '/crm/orders?skip=500')).json.data).toEqual([]);
	expect(products).toHaveLength(1);
});

it('delivers to each subscription under an ID of its own, stamped and signed anew on each attempt', async () => {
	const receiver = await startReceiver([500]);
	try {
		const one = sparx().subscribe({ url: receiver.url, events: ['redirect.added'] });
		sparx().subscribe({ url: receiver.url, events: ['media.uploaded'] });
		sparx().subscribe({ url: 'https://elsewhere.example' });
		const [attempt] = await sparx().emit({});
		expect(attempt).toMatchObject({ status: 500, headers: { 'x-sparx-event': 'redirect.added' } });
		const body = JSON.parse(attempt.body);
		expect(Object.keys(body)).toEqual(['id', 'type', 'tenant_id', 'data', 'delivered_at']);
		expect(attempt.headers['x-sparx-delivery']).toBe(body.id);
		expect(attempt.headers['x-sparx-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
		sparx().unsubscribe({ id: one.id });
		expect(await sparx().emit({})).toEqual([]);
	} finally {
		await receiver.close();
	}
});
