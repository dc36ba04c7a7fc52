import { z } from 'zod';
import { nothing, query } from '../../../sandbox/admin/command.mts';
import { adminClient } from '../../../sandbox/client.mts';
import { emptyAnswer, jsonAnswer } from '../../../sandbox/http/answer.mts';
import { limitRuleSchema } from '../../../sandbox/limiter.mts';
import { startSandbox, startSandboxOf } from '../../../sandbox/server.mts';
import type { Vendor } from '../../../sandbox/vendor.mts';
import { acme, sparaApi } from './api.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
let api: ReturnType<typeof sparaApi>;
let admin: ReturnType<typeof adminClient>;

beforeAll(async () => {
	started = await startSandbox({ port: 0 });
	api = sparaApi(started.url);
	admin = adminClient(started.url);
});
beforeEach(() => started.sandbox.spara.reset());
afterAll(async () => {
	await api.close();
	await started.close();
});

const create = async (email: string) => await api.send('POST', '/leads', { email });

describe('statistics', () => {
	it('count requests, rejections and writes by route, status and record', async () => {
		await Promise.all([
			create('a@x.example'),
			create('a@x.example'),
			create('b@x.example'),
			create('broken'),
		]);
		await api.send('GET', '/nowhere');
		expect(started.sandbox.spara.statistics()).toEqual({
			requests: 5,
			rejected: { 404: 1, 422: 1 },
			routes: {
				'POST /leads': { requests: 4, statuses: { 200: 3, 422: 1 }, faults: {} },
				'GET unknown': { requests: 1, statuses: { 404: 1 }, faults: {} },
			},
			writes: { create: { total: 3, distinct: 2, duplicated: 1 } },
		});
		expect(started.sandbox.spara.writes({ kind: 'create' })).toEqual({ 'a@x.example': 2, 'b@x.example': 1 });
		expect(started.sandbox.spara.duplicates({ kind: 'create' })).toEqual({ 'a@x.example': 2 });
	});

	it('identify creates by another field when told so', async () => {
		started.sandbox.spara.configure({ createIdentity: 'order' });
		await api.send('POST', '/leads', { email: 'a@x.example', order: 1 });
		await api.send('POST', '/leads', { email: 'a@x.example', order: 2 });
		expect(started.sandbox.spara.writes({ kind: 'create' })).toEqual({ 1: 1, 2: 1 });
	});

	it('forget drops the counts and keeps the data', async () => {
		const { id } = (await create('a@x.example')).json;
		started.sandbox.spara.forget();
		expect(started.sandbox.spara.statistics()).toEqual({ requests: 0, rejected: {}, routes: {}, writes: {} });
		expect(started.sandbox.spara.accepted({ limit: 'general' })).toEqual([]);
		expect(started.sandbox.spara.lead({ id }).id).toBe(id);
	});

	it('reset brings back everything', async () => {
		const { spara } = started.sandbox;
		const { id } = (await create('a@x.example')).json;
		spara.configure({ sortOrder: 'oldest' });
		spara.limit({ name: 'calls' });
		spara.addFault({ fault: { kind: 'cut' } });
		spara.registerWebhook({ account: acme.id, url: started.url });
		spara.reset();
		expect(spara.settings().sortOrder).toBe('newest');
		expect(spara.limits().calls.windows).toEqual([{ limit: 5, windowMs: 1000 }]);
		expect([spara.faults(), spara.webhooks(), spara.deliveries()]).toEqual([[], [], []]);
		expect(() => spara.lead({ id })).toThrow('No such lead');
	});
});

describe('over HTTP', () => {
	it('the client does what the in-process object does', async () => {
		await create('a@x.example');
		expect(await admin('spara', 'statistics')()).toEqual(started.sandbox.spara.statistics());
		expect((await admin('spara', 'configure')({ errorShape: 'flat' })).errorShape).toBe('flat');
		expect(await admin('spara', 'seedLeads')({ count: 3, from: 0, to: 10 })).toHaveLength(3);
		expect(await admin('spara', 'forget')()).toBeNull();
	});

	it('refuses wrong inputs by name and leaves everything as it was', async () => {
		await expect(admin('spara', 'configure')({ sortOrder: 'random' } as never)).rejects.toThrow(/sortOrder/);
		await expect(admin('spara', 'configure')({ sortorder: 'newest' } as never)).rejects.toThrow(/sortorder/);
		await expect(admin('spara', 'peak')({ limit: 'none' })).rejects.toThrow('no limit "none"');
		await expect(admin('spara', 'addFault')({ fault: { kind: 'slow' } } as never)).rejects.toThrow(
			/durationMs/,
		);
		await expect(admin('spara', 'nothing' as 'reset')()).rejects.toThrow('no command "nothing"');
		expect(started.sandbox.spara.settings().sortOrder).toBe('newest');
	});

	it('GET looks, and only looks', async () => {
		await api.send('GET', '/leads/search?email=a@x.example');
		const look = async (path: string) => await (await fetch(`${started.url}/admin/spara/${path}`)).json();
		expect(await look('peak?limit=general&windowMs=1000')).toBe(1);
		expect(await look('accepted?limit=general')).toHaveLength(1);
		expect((await fetch(`${started.url}/admin/spara/reset`)).status).toBe(405);
	});
});

describe('another vendor is a value', () => {
	const toy: Vendor<{ greeting: string }, { greetings: typeof greetings }> = {
		basePath: '',
		settings: z.object({ greeting: z.string().default('hello') }).strict(),
		limits: {
			perAddress: {
				rule: limitRuleSchema.parse({ windows: [{ limit: 1, windowMs: 3_600_000 }] }),
				per: 'address',
				appliesTo: (_method, path) => path === '/limited',
			},
		},
		deliveries: { endpointsPerAccount: 2, retryDelaysMs: [], timeoutMs: 1000 },
		requestIdHeader: 'x-toy-id',
		start: ({ settings }) => ({
			routes: [
				{
					method: 'GET',
					path: '/greet/:name',
					handle: ({ params }) => jsonAnswer(200, [settings.greeting, params.name]),
				},
				{ method: 'GET', path: '/limited', handle: () => emptyAnswer(204) },
			],
			authenticate: () => ({ id: 'everyone' }),
			refuse: ({ status, message }) => jsonAnswer(status, { toy: message }),
			commands: { greetings },
			reset: () => undefined,
		}),
	};
	const greetings = query(nothing, () => 1);

	it('served beside the others with its own routes, settings, commands, limits and errors', async () => {
		const { url, sandbox, close } = await startSandboxOf({ toy }, { port: 0 });
		sandbox.toy.configure({ greeting: 'moin' });
		expect(await (await fetch(`${url}/toy/greet/ada`)).json()).toEqual(['moin', 'ada']);
		expect([(await fetch(`${url}/toy/limited`)).status, (await fetch(`${url}/toy/limited`)).status]).toEqual([
			204, 429,
		]);
		const missing = await fetch(`${url}/toy/none`);
		expect([await missing.json(), missing.headers.has('x-toy-id')]).toEqual([
			{ toy: 'No such endpoint' },
			true,
		]);
		expect([sandbox.toy.greetings(), sandbox.toy.peak({ limit: 'perAddress' })]).toEqual([1, 1]);
		await close();
	});

	it('a port in use is refused with EADDRINUSE', async () => {
		const port = Number(new URL(started.url).port);
		await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});
});
