import { startSandbox } from '../../../sandbox/server.mts';
import { vendors } from '../../../sandbox/vendors.mts';
import type { VendorView } from '../../../sandbox/page/view.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
	started = await startSandbox({ port: 0 });
});
beforeEach(() => Object.values(started.sandbox).forEach((vendor) => vendor.reset()));
afterAll(async () => await started.close());

const names = Object.keys(vendors) as Array<keyof typeof vendors>;

type State = VendorView & {
	meters: Record<string, Array<{ key: string; limit: number; used: number; waitMs: number }>>;
	requests: Array<Record<string, unknown>>;
	deliveries: Array<Array<Record<string, unknown>>>;
};
const look = async (path: string) => await fetch(started.url + path);
const state = async (vendor: string): Promise<State> =>
	(await (await look(`/page/state/${vendor}`)).json()) as State;
const press = async (vendor: string, command: string, input: object) =>
	await fetch(`${started.url}/admin/${vendor}/${command}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(input),
	});

it('is at the root, with everything it loads', async () => {
	const page = await look('/');
	expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
	const html = await page.text();
	const loaded = [...html.matchAll(/(?:src|href)="(\/page\/[^"]+)"/g)].map(([, path]) => path);
	expect(loaded).toEqual(['/page/page.css', '/page/page.js']);
	for (const path of [...loaded, '/page/dom.js', '/page/sections.js'])
		expect((await look(path)).status).toBe(200);
});

const withPage = names.filter((name) => vendors[name].page);

describe.each(withPage)('what it shows of %s', (name) => {
	it('has a title, and keys and a base URL that the API takes', async () => {
		const { title, credentials } = await state(name);
		expect(title).toMatch(/^[A-Z]/);
		const [{ fields }] = credentials;
		expect(Object.keys(fields)).toEqual(expect.arrayContaining(['Base URL']));
		expect(fields['Base URL']).toBe(`${started.url}/${name}${vendors[name].basePath}`);
	});

	it('fills its first table', async () => {
		const { tables } = await state(name);
		expect(tables[0].rows.length).toBeGreaterThan(0);
		expect(tables[0].total).toBeGreaterThanOrEqual(tables[0].rows.length);
	});

	it('offers events that can all be sent', async () => {
		const { events } = await state(name);
		expect(events.length).toBeGreaterThan(0);
		for (const { name: event, input } of events) {
			for (const variant of ['genuine', 'tampered']) {
				const answer = await press(name, 'emit', { ...input, variant });
				expect([event, answer.status, await answer.text()]).toEqual([event, 200, '[]']);
			}
		}
	});

	it('offers imports that add as many records as are asked for', async () => {
		const { imports, tables: before } = await state(name);
		for (const { command, countAs, input } of imports)
			expect((await press(name, command, { ...input, [countAs]: 30 })).status).toBe(200);
		const { tables: after } = await state(name);
		const added = after.map(({ total }, index) => total - before[index].total);
		expect(Math.max(...added)).toBe(imports.length > 0 ? 30 : 0);
	});
});

it('knows nothing of a vendor that does not exist', async () => {
	expect((await look('/page/state/nobody')).status).toBe(404);
	expect((await look('/page/state/constructor')).status).toBe(404);
});

describe('live', () => {
	const search = async () =>
		await fetch(`${started.url}/spara/v1/leads/search?email=a@x.example`, {
			headers: { authorization: 'Bearer spara-sandbox-acme' },
		});

	it('lists requests, newest first, with what was sent, answered and injected', async () => {
		await press('spara', 'addFault', { fault: { kind: 'status', status: 500 }, count: 1 });
		await search();
		await fetch(`${started.url}/spara/v1/leads`, {
			method: 'POST',
			headers: { authorization: 'Bearer spara-sandbox-acme', 'content-type': 'application/json' },
			body: JSON.stringify({ email: 'a@x.example' }),
		});
		await fetch(`${started.url}/spara/v1/leads/1`);
		const { requests } = await state('spara');
		expect(requests).toMatchObject([
			{ method: 'GET', path: '/leads/1', status: 401 },
			{ method: 'POST', path: '/leads', account: 'acme', status: 200, sent: '{"email":"a@x.example"}' },
			{ path: '/leads/search?email=a@x.example', account: 'acme', status: 500, fault: 'status' },
		]);
		expect(requests[1].answered).toContain('"a@x.example"');
		expect(JSON.stringify(requests)).not.toContain('spara-sandbox-acme');
	});

	it('tells of an answer that was lost', async () => {
		await press('spara', 'addFault', { fault: { kind: 'reset-after' }, count: 1 });
		await search().catch(() => undefined);
		const { requests } = await state('spara');
		expect(requests[0]).toMatchObject({ fault: 'reset-after' });
		expect(requests[0]).not.toHaveProperty('status');
	});

	it('shows how full a window is, and how long it stays so', async () => {
		await press('spara', 'limit', { name: 'general', windows: [{ limit: 2, windowMs: 3_600_000 }] });
		for (let request = 0; request < 3; request++) await search();
		const { meters } = await state('spara');
		expect(meters.general).toMatchObject([{ key: 'acme', limit: 2, used: 2 }]);
		expect(meters.general[0].waitMs).toBeGreaterThan(3_500_000);
	});

	it('shows each delivery with its attempts, tampered ones apart', async () => {
		const url = `${started.url}/nowhere`;
		await press('spara', 'registerWebhook', { account: 'acme', url });
		await press('spara', 'emit', { event: 'lead.created' });
		await press('spara', 'emit', { event: 'lead.created', variant: 'tampered' });
		const { deliveries } = await state('spara');
		expect(deliveries.map((attempts) => attempts.map(({ variant, status }) => [variant, status]))).toEqual([
			[['tampered', 404]],
			[['genuine', 404]],
		]);
	});
});
