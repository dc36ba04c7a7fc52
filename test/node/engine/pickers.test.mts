import type { INodeType } from 'n8n-workflow';
import { LeadConduitApi } from '../../../credentials/LeadConduitApi.credentials';
import { LeadiosaApi } from '../../../credentials/LeadiosaApi.credentials';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { LeadConduit } from '../../../nodes/LeadConduit/LeadConduit.node';
import { Leadiosa } from '../../../nodes/Leadiosa/Leadiosa.node';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { accounts as sparxAccounts } from '../../../sandbox/sparx/accounts.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { runNode } from './run.mts';
import { searchList, type ListRequest } from './searchList.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => {
	started = await startSandbox({ port: 0 });
	for (const vendor of ['leadconduit', 'leadiosa', 'sparkloop'] as const)
		started.sandbox[vendor].limit({ name: 'general' });
});
afterAll(async () => await started.close());

type Search = (
	method: string,
	more?: Pick<ListRequest, 'filter' | 'paginationToken'> & { apiKey?: string },
) => ReturnType<typeof searchList>;

const vendorSearch =
	(node: () => INodeType, type: { name: string }, key: string, path: string, more: object = {}): Search =>
	async (method, { apiKey = key, ...asked } = {}) =>
		await searchList({
			node: node(),
			method,
			credentials: { [type.name]: { apiKey, baseUrl: started.url + path, ...more } },
			credentialTypes: [type as never],
			...asked,
		});

const spara = vendorSearch(() => new Spara(), new SparaApi(), 'spara-sandbox-acme', '/spara/v1');
const leadConduit = vendorSearch(
	() => new LeadConduit(),
	new LeadConduitApi(),
	'leadconduit-sandbox-acme',
	'/leadconduit/api/v1',
	{ environment: 'custom' },
);
const leadiosa = vendorSearch(
	() => new Leadiosa(),
	new LeadiosaApi(),
	'leadiosa-sandbox-acme',
	'/leadiosa/api/v1',
);
const sparkLoop = vendorSearch(
	() => new SparkLoop(),
	new SparkLoopApi(),
	'sparkloop-sandbox-acme',
	'/sparkloop/v2',
);

describe('the leads of Spara', () => {
	it('are shown newest first, by email, name and company, with a link', async () => {
		const { results } = await spara('searchLeads');
		const leads = started.sandbox.spara
			.leads()
			.sort((one, other) => other.created_at.localeCompare(one.created_at));
		expect(results.map(({ value }) => value)).toEqual(leads.map(({ id }) => id));
		const shown = results.find(({ name }) => name.includes('@'))!;
		expect(shown.name).toMatch(/^\S+@\S+, \S.*, \S+$/);
		expect(shown.url).toContain(String(shown.value));
	});

	it('are found by the whole email even where they are not among those of one answer', async () => {
		const { id } = started.sandbox.spara.leads().find(({ data }) => data.email)!;
		const email = String(started.sandbox.spara.lead({ id }).data.email);
		started.sandbox.spara.forget();
		const { results } = await spara('searchLeads', { filter: email.toUpperCase() });
		expect(results.map(({ value }) => value)).toEqual([id]);
		expect(started.sandbox.spara.requests()[0].path).toContain('email=');
	});

	it('are narrowed by other words', async () => {
		const { results } = await spara('searchLeads', { filter: 'TURING' });
		expect(results.length).toBeGreaterThan(0);
		for (const { name } of results) expect(name.toLowerCase()).toContain('turing');
	});
});

it.each(['https://app.spara.co/conversations/ID', 'https://app.spara.co/conversations/ID?tab=calls'])(
	'takes a lead of Spara by the address %s',
	async (address) => {
		const [{ id }] = started.sandbox.spara.leads();
		const { items, error } = await runNode({
			node: new Spara(),
			type: 'n8n-nodes-leadwire.spara',
			parameters: {
				resource: 'lead',
				operation: 'get',
				leadId: { __rl: true, mode: 'url', value: address.replace('ID', id) },
			},
			items: [{}],
			credentials: { sparaApi: { apiKey: 'spara-sandbox-acme', baseUrl: `${started.url}/spara/v1` } },
			credentialTypes: [new SparaApi()],
		});
		expect([error, items[0]?.json.id]).toEqual([undefined, id]);
	},
);

it('takes an ID as workflows have it that were made before there was a picker', async () => {
	const [{ id }] = started.sandbox.spara.leads();
	const { items } = await runNode({
		node: new Spara(),
		type: 'n8n-nodes-leadwire.spara',
		parameters: { resource: 'lead', operation: 'get', leadId: '={{ $json.lead.id }}' },
		items: [{ lead: { id } }],
		credentials: { sparaApi: { apiKey: 'spara-sandbox-acme', baseUrl: `${started.url}/spara/v1` } },
		credentialTypes: [new SparaApi()],
	});
	expect(items[0].json.id).toBe(id);
});

describe('the leads of LeadConduit', () => {
	it('are shown page by page, each once', async () => {
		const seen: unknown[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await leadConduit('searchLeads', { paginationToken });
			seen.push(...page.results.map(({ value }) => value));
			paginationToken = page.paginationToken as string | undefined;
		} while (paginationToken !== undefined);
		expect(seen).toHaveLength(240);
		expect(new Set(seen).size).toBe(240);
	});

	it('are told by when they came, status, source and ID', async () => {
		const { results } = await leadConduit('searchLeads');
		expect(results[0].name).toMatch(
			/^\d{4}-\d\d-\d\d \d\d:\d\d, (accepted|rejected|delivered), \w+, \w+, \w+$/,
		);
	});
});

describe('the lists of Leadiosa', () => {
	it.each([
		['searchContacts', 30, /^.+@example\.com, cont_/],
		['searchConversations', 3, /^conv_\w+, open, cont_\w+, \d{4}-/],
		['searchKnowledgeArticles', 1, /./],
		['searchWebhooks', 0, /./],
	])('%s', async (method, count, name) => {
		const { results, paginationToken } = await leadiosa(method);
		expect(results).toHaveLength(count);
		// One in ten contacts is anonymous, the newest too: it has its ID only.
		if (results[1]) expect(results[1].name).toMatch(name);
		expect(paginationToken).toBeUndefined();
	});

	it('name articles by their title', async () => {
		const { results } = await leadiosa('searchKnowledgeArticles');
		expect(results[0].name).toBe('Opening hours');
	});

	it('go on where the page before ended', async () => {
		started.sandbox.leadiosa.seedContacts({ count: 150 });
		const first = await leadiosa('searchContacts');
		const second = await leadiosa('searchContacts', { paginationToken: first.paginationToken as string });
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(180);
		expect(second.paginationToken).toBeUndefined();
	});
});

describe('the lists of Sparx', () => {
	const [{ keys }] = sparxAccounts;
	const sparx = vendorSearch(() => new Sparx(), new SparxApi(), keys.admin, '/sparx/v1');

	it('show orders by number, status, total and day', async () => {
		const [{ orderNumber }] = started.sandbox.sparx.orders();
		const { results } = await sparx('searchOrders', { filter: String(orderNumber) });
		expect(results.map(({ name }) => name)).toEqual([
			expect.stringMatching(/^\d+, \w+, [\d.]+ USD, \d{4}-\d\d-\d\d$/),
		]);
	});

	it('show webhook subscriptions by name and URL', async () => {
		const { id } = started.sandbox.sparx.subscribe({ url: 'http://127.0.0.1:9/hook' });
		expect((await sparx('searchSubscriptions')).results).toEqual([
			{ name: 'Made by an admin, http://127.0.0.1:9/hook', value: id },
		]);
	});
});

it('shows the subscribers of SparkLoop by name and email', async () => {
	const { results } = await sparkLoop('searchSubscribers', { filter: 'hopper' });
	expect(results[0].name).toMatch(/^Grace Hopper, \S+@news\.example$/);
});

it.each([
	['Spara', spara, 'searchLeads'],
	['LeadConduit', leadConduit, 'searchLeads'],
	['Leadiosa', leadiosa, 'searchContacts'],
	['SparkLoop', sparkLoop, 'searchSubscribers'],
] as Array<[string, Search, string]>)(
	'says what is wrong with the key of %s',
	async (_name, search, method) => {
		await expect(search(method, { apiKey: 'a-wrong-picker-key' })).rejects.toMatchObject({
			message: expect.stringMatching(/did not accept the API (key|token)/),
		});
	},
);
