import { startSandbox } from '../../../sandbox/server.mts';
import type { FaultRule } from '../../../sandbox/http/faults.mts';
import { sparaApi } from './api.mts';
import { ManualClock } from './manual-clock.mts';

type Started = Awaited<ReturnType<typeof startSandbox>>;

let started: Started;
let api: ReturnType<typeof sparaApi>;
let clock: ManualClock;

beforeEach(async () => {
	clock = new ManualClock();
	started = await startSandbox({ port: 0, clock });
	api = sparaApi(started.url);
});
afterEach(async () => {
	await api.close();
	await started.close();
});

const inject = (fault: FaultRule['fault'], rule: Partial<Omit<FaultRule, 'fault'>> = {}) =>
	started.sandbox.spara.addFault({ ...rule, fault });
const create = async () => await api.send('POST', '/leads', { email: 'ada@example.com' });
const created = () => started.sandbox.spara.writes({ kind: 'create' });

describe('fault kinds', () => {
	it('status: refuses in the vendor’s error shape, nothing applied', async () => {
		inject({ kind: 'status', status: 503, body: 'vendor' });
		const { status, json, headers } = await create();
		expect([status, json]).toEqual([503, { error: { code: 'server_error', message: 'Injected fault' } }]);
		expect(headers['x-request-id']).toMatch(/^[\w-]{36}$/);
		expect(created()).toEqual({});
	});

	it.each([
		['html', 'text/html', '<h1>502 Bad Gateway</h1>'],
		['text', 'text/plain; charset=utf-8', 'upstream failure'],
	] as const)('status: refuses with %s', async (body, contentType, text) => {
		inject({ kind: 'status', status: 502, body });
		const reply = await create();
		expect([reply.status, reply.headers['content-type']]).toEqual([502, contentType]);
		expect(reply.text).toContain(text);
		expect(created()).toEqual({});
	});

	it('rate-limited: 429 with the header asked for, nothing applied', async () => {
		inject({ kind: 'rate-limited', waitMs: 1500, retryAfter: 'seconds' }, { count: 1 });
		inject({ kind: 'rate-limited', waitMs: 1500, retryAfter: 'http-date' }, { count: 1 });
		inject({ kind: 'rate-limited', waitMs: 1500, retryAfter: 'none' });
		const replies = [await create(), await create(), await create()];
		expect(replies.map(({ status }) => status)).toEqual([429, 429, 429]);
		expect(replies.map(({ headers }) => headers['retry-after'])).toEqual([
			'2',
			'Mon, 01 Jun 2026 00:00:02 GMT',
			undefined,
		]);
		expect(replies[0].json.error.code).toBe('rate_limited');
		expect(created()).toEqual({});
	});

	it('latency: answers as usual, only later', async () => {
		inject({ kind: 'latency', ms: 30_000 });
		const answer = create();
		await clock.someoneSleeps();
		expect(created()).toEqual({});
		clock.advance(30_000);
		expect((await answer).status).toBe(200);
		expect(created()).toEqual({ 'ada@example.com': 1 });
	});

	it('latency: whoever hangs up before it is over has sent nothing that is applied', async () => {
		inject({ kind: 'latency', ms: 30_000 }, { count: 1 });
		const answer = create();
		await clock.someoneSleeps();
		await Promise.all([api.close(), expect(answer).rejects.toThrow()]);
		api = sparaApi(started.url);
		await api.send('GET', '/leads/search?email=a@b.example');
		clock.advance(30_000);
		await api.send('GET', '/leads/search?email=a@b.example');
		expect(created()).toEqual({});
	});

	it('reset-before: connection reset, nothing applied', async () => {
		inject({ kind: 'reset-before' });
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(created()).toEqual({});
	});

	it('reset-after: applied, then the connection is reset', async () => {
		inject({ kind: 'reset-after' });
		await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(created()).toEqual({ 'ada@example.com': 1 });
	});

	it('slow: applied, and the whole body arrives in pieces over the time given', async () => {
		inject({ kind: 'slow', durationMs: 10_000 });
		const answer = create();
		for (let piece = 0; piece < 10; piece++) {
			await clock.someoneSleeps();
			expect(created()).toEqual({ 'ada@example.com': 1 });
			clock.advance(1000);
			await new Promise(setImmediate);
		}
		expect((await answer).json.data).toEqual({ email: 'ada@example.com' });
	});

	it('cut: applied, but the body ends before its announced length', async () => {
		inject({ kind: 'cut' });
		await expect(create()).rejects.toThrow(/other side closed|terminated/);
		expect(created()).toEqual({ 'ada@example.com': 1 });
	});

	it('cut: strikes an answer without a body too', async () => {
		const { id } = (await create()).json;
		inject({ kind: 'cut' });
		await expect(api.send('PATCH', `/leads/${id}`, { first_name: 'Ada' })).rejects.toThrow(
			/other side closed|terminated/,
		);
		expect(started.sandbox.spara.lead({ id }).data.first_name).toBe('Ada');
	});

	it('invalid-json: applied, answered 200 with half a document', async () => {
		inject({ kind: 'invalid-json' });
		const { status, headers, text } = await create();
		expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
		expect(() => JSON.parse(text)).toThrow(SyntaxError);
		expect(created()).toEqual({ 'ada@example.com': 1 });
	});

	it('counts every fault it injects by route', async () => {
		inject({ kind: 'reset-after' }, { count: 1 });
		inject({ kind: 'status', status: 500, body: 'vendor' }, { count: 1 });
		await expect(create()).rejects.toThrow();
		await create();
		await create();
		expect(started.sandbox.spara.statistics().routes['POST /leads']).toEqual({
			requests: 3,
			statuses: { 200: 1, 500: 1 },
			faults: { 'reset-after': 1, status: 1 },
		});
	});

	it('lets the sandbox close while a fault keeps a client waiting', async () => {
		inject({ kind: 'latency', ms: 1e9 });
		const answer = create();
		await clock.someoneSleeps();
		await Promise.all([started.close(), expect(answer).rejects.toThrow()]);
		expect(clock.sleeping).toBe(0);
	});
});

describe('fault rules', () => {
	const search = async () => (await api.send('GET', '/leads/search?email=a@b.example')).status;
	const call = async (id: string) => (await api.send('POST', `/leads/${id}/call`, {})).status;
	const statuses = async (count: number, ask: () => Promise<number>) => {
		const seen: number[] = [];
		for (let request = 0; request < count; request++) seen.push(await ask());
		return seen;
	};

	it('match on method and path', async () => {
		inject({ kind: 'status', status: 500, body: 'vendor' }, { method: 'POST', path: '/leads/*/call' });
		inject({ kind: 'status', status: 501, body: 'vendor' }, { path: '/leads/search' });
		expect([await call('X'), await search(), (await create()).status]).toEqual([500, 501, 200]);
	});

	it('strike every nth matching request, at most count times, until removed', async () => {
		const fault = { kind: 'status', status: 500, body: 'vendor' } as const;
		inject(fault, { every: 3, count: 2 });
		expect(await statuses(9, search)).toEqual([200, 200, 500, 200, 200, 500, 200, 200, 200]);
		const { id } = inject(fault);
		expect(await search()).toBe(500);
		expect(started.sandbox.spara.faults().map(({ matched, injected }) => [matched, injected])).toEqual([
			[6, 2],
			[1, 1],
		]);
		started.sandbox.spara.removeFault({ id });
		expect(await search()).toBe(200);
	});

	it('strike at random, the same way again for the same seed', async () => {
		const run = async () => {
			started.sandbox.spara.reset();
			inject({ kind: 'status', status: 500, body: 'vendor' }, { probability: 0.3 });
			return await statuses(60, search);
		};
		const first = await run();
		expect(await run()).toEqual(first);
		const struck = first.filter((status) => status === 500).length;
		expect(struck).toBeGreaterThan(6);
		expect(struck).toBeLessThan(36);
	});
});
