/** Mistakes in a room, each made once: the checks find it, say where it is, and find nothing in a room without it. */
import type { ICredentialType, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { z } from 'zod';
import { SparaApi } from '../../credentials/SparaApi.credentials';
import { events } from '../../nodes/Spara/events';
import { Spara } from '../../nodes/Spara/Spara.node';
import { SparaTrigger } from '../../nodes/Spara/SparaTrigger.node';
import { spara } from '../../nodes/Spara/vendor';
import type { Operation, Resource } from '../../nodes/shared/operation/operation.ts';
import type { Vendor } from '../../nodes/shared/vendor.ts';
import type { EventCatalogue } from '../../nodes/shared/webhook/events.ts';
import { problemsOfCredential, problemsOfVendor } from './credentialChecks.mts';
import { problemsOfEvents, sampleDeliveries } from './eventChecks.mts';
import { problemsOfNode } from './nodeChecks.mts';
import { problemsOfOperation } from './operationChecks.mts';
import { nodes, problemsOfRoom, rooms, type Room } from './rooms.mts';

const leadId: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
};

const count: INodeProperties = { displayName: 'Count', name: 'count', type: 'number', default: 5 };

const filters = (options: INodeProperties[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options,
});

const right = {
	name: 'Get',
	value: 'get',
	action: 'Get lead',
	description: 'Read one lead with all its fields',
	fields: [leadId],
	input: z.object({ leadId: z.string() }),
	safety: 'safe',
	request: () => ({ method: 'GET', path: ['leads'] }),
} as unknown as Operation<string>;

type Parts = Partial<Record<keyof Operation<string>, unknown>>;

async function problemsWith(parts: Parts, vendor: Vendor<string> = spara): Promise<string[]> {
	const operation = { ...right, ...parts } as Operation<string>;
	const resource: Resource<string> = { name: 'Lead', value: 'lead', operations: [operation] };
	return await problemsOfOperation(operation, resource, vendor);
}

const list = { pages: async function* () {}, recordId: () => '' };

describe('an operation', () => {
	it('without a mistake has no problem', async () => {
		expect(await problemsWith({})).toEqual([]);
		const inCollection = filters([{ ...count, default: 1 }]);
		expect(
			await problemsWith({
				fields: [leadId, inCollection],
				input: z.object({
					leadId: z.string(),
					filters: z.object({ count: z.number().positive().optional() }).default({}),
				}),
			}),
		).toEqual([]);
	});

	it.each<[string, Parts, string]>([
		[
			'does nothing',
			{ request: undefined },
			'state exactly one of request, list, run, batching; there is none',
		],
		['has two ways', { list }, 'there is request and list'],
		[
			'has a field that the schema calls otherwise (leadId, leadID)',
			{ input: z.object({ leadID: z.string() }) },
			'the field "leadId" has no key in the schema',
		],
		[
			'has a key that nobody can enter',
			{ input: z.object({ leadId: z.string(), note: z.string().optional() }) },
			'the schema\'s key "note" has no field',
		],
		[
			'has such a field inside a collection',
			{
				fields: [leadId, filters([count])],
				input: z.object({
					leadId: z.string(),
					filters: z.object({ counts: z.number().optional() }).optional(),
				}),
			},
			'lead.get > Filters: the field "count" has no key in the schema',
		],
		[
			'has such a field inside a fixed collection',
			{
				fields: [
					leadId,
					{
						...filters([]),
						type: 'fixedCollection',
						options: [{ displayName: 'Row', name: 'row', values: [count] }],
					},
				],
				input: z.object({
					leadId: z.string(),
					filters: z.object({ row: z.array(z.object({ amount: z.number() })) }).optional(),
				}),
			},
			'lead.get > Filters > Row: the field "count" has no key',
		],
		[
			'has an option that the schema does not know',
			{ options: [count], input: z.object({ leadId: z.string() }) },
			'the field "options" has no key in the schema',
		],
		[
			'refuses the default of a field',
			{
				fields: [leadId, { ...count, default: 0 }],
				input: z.object({ leadId: z.string(), count: z.number().positive() }),
			},
			'lead.get > Count: its default is refused',
		],
		[
			'refuses the default of an entry of a collection',
			{
				fields: [leadId, filters([{ ...count, default: -1 }])],
				input: z.object({
					leadId: z.string(),
					filters: z.object({ count: z.number().positive() }).partial().default({}),
				}),
			},
			'lead.get > Count: its default is refused',
		],
		[
			'demands a field that may be left empty',
			{ fields: [{ ...leadId, required: false }] },
			'lead.get > Lead ID: the schema demands it, so mark it as required',
		],
		['counts towards a limit that the vendor does not have', { limits: ['cals'] }, 'no rate limit "cals"'],
		[
			'writes and is declared safe',
			{ request: () => ({ method: 'DELETE', path: ['leads'] }) },
			'it sends DELETE, but is declared safe',
		],
		['reads and is declared nonIdempotent', { safety: 'nonIdempotent' }, 'it sends GET'],
		[
			'posts and is declared idempotent',
			{
				safety: 'idempotent',
				run: async (_: unknown, send: (spec: object) => Promise<never>) =>
					await send({ method: 'POST', path: ['leads'] }),
				request: undefined,
			},
			'it sends POST, which a second time may do twice',
		],
		[
			'reads a list and is not safe',
			{ list, request: undefined, safety: 'idempotent' },
			'reading a list is safe',
		],
		['has an article in its action', { action: 'Get the lead' }, 'has no articles'],
		['has a name in lower case', { name: 'get it' }, 'the name "get it" is in title case'],
		[
			'says nothing in its description',
			{ description: 'Get lead' },
			'the description says more than the name',
		],
		[
			'ends a description of one sentence with a full stop',
			{ description: 'Read one lead with all its fields.' },
			'ends without a full stop',
		],
		[
			'has a switch that does not start with Whether',
			{
				fields: [
					leadId,
					{ displayName: 'Live', name: 'live', type: 'boolean', default: false, description: 'Live' },
				],
				input: z.object({ leadId: z.string(), live: z.boolean() }),
			},
			'the description of a switch starts with "Whether"',
		],
		[
			'has a placeholder that is taken for a value',
			{ fields: [{ ...leadId, placeholder: 'QX7R20MB' }] },
			'the placeholder starts with "e.g."',
		],
		[
			'calls one request Get Many',
			{ name: 'Get Many', action: 'Get many leads' },
			'"Get Many" reads page by page',
		],
	])('that %s is found', async (_, parts, problem) => {
		const problems = await problemsWith(parts);
		expect(problems.join('\n')).toContain(problem);
	});
});

describe('a vendor and its credential', () => {
	const vendorWith = (parts: Partial<Vendor<string>>): string =>
		problemsOfVendor({ ...spara, ...parts } as Vendor<string>, 'nodes/Spara').join('\n');
	const credentialWith = (change: (credential: ICredentialType) => void): string => {
		const credential = new SparaApi();
		change(credential);
		return problemsOfCredential(credential, 'credentials/SparaApi.credentials.ts').join('\n');
	};
	const without = (name: string) => (credential: ICredentialType) => {
		credential.properties = credential.properties.filter((field) => field.name !== name);
	};

	it('without a mistake have no problem', () => {
		expect(vendorWith({})).toBe('');
		expect(credentialWith(() => {})).toBe('');
	});

	it.each<[string, Partial<Vendor<string>>, string]>([
		[
			'has one identity for everybody',
			{ identity: () => ['all'] },
			'identity names what shares one rate limit',
		],
		[
			'tells accounts apart by a field that does not exist',
			{ identity: ({ token }) => [String(token)] },
			'identity reads "token", which is no field',
		],
		[
			'reads a limit from a field that does not exist',
			{ rateLimits: ({ perMinute }) => ({ general: [{ limit: Number(perMinute), windowMs: 60_000 }] }) },
			'rateLimits reads "perMinute"',
		],
		['has no general limit', { rateLimits: () => ({}) as never }, 'names the limit "general"'],
		[
			'has a credential without a secret',
			{ credential: { name: 'x', displayName: 'X API', properties: [leadId] } },
			'no field with password: true',
		],
	])('vendor: one that %s is found', (_, parts, problem) => {
		expect(vendorWith(parts)).toContain(problem);
	});

	it.each<[string, (credential: ICredentialType) => void, string]>([
		[
			'shows its key',
			({ properties }) => delete properties.find(({ name }) => name === 'apiKey')?.typeOptions,
			'"API Key" is a secret',
		],
		['has no Base URL', without('baseUrl'), 'add the field "Base URL"'],
		['cannot state a limit', without('rateLimitRequests'), 'add rateLimitFields()'],
		['has no test', (credential) => delete credential.test, 'say how the credential is tested'],
		[
			'has no authentication',
			(credential) => delete credential.authenticate,
			'say how requests are authenticated',
		],
		['is tested by the status alone', ({ test }) => delete test?.rules, 'looks at the shape of the answer'],
		[
			'has an icon that does not exist',
			(credential) => (credential.icon = { light: 'file:../icons/a.svg', dark: 'file:../icons/b.svg' }),
			'there is no icons/a.svg',
		],
	])('credential: one that %s is found', (_, change, problem) => {
		expect(credentialWith(change)).toContain(problem);
	});
});

describe('events', () => {
	const problemsOf = async (parts: Partial<EventCatalogue>): Promise<string> => {
		const samples = await sampleDeliveries('spara');
		return problemsOfEvents({ ...events, ...parts }, spara, samples, 'nodes/Spara').join('\n');
	};

	it('without a mistake have no problem', async () => {
		expect(await problemsOf({})).toBe('');
	});

	it.each<[string, Partial<EventCatalogue>, string]>([
		[
			'that nothing delivers',
			{ events: [...events.events, { name: 'Lead Deleted', value: 'lead.deleted' }] },
			'sandbox/spara/page.mts: list the event lead.deleted under events',
		],
		['read under another name', { read: () => ({ event: 'lead', data: {} }) }, 'is read as "lead"'],
		[
			'with a time that is none',
			{ read: (body, delivery) => ({ ...events.read(body, delivery), occurredAt: '2026-02-03' }) },
			'is ISO 8601 in UTC',
		],
		[
			'with a lead of another shape',
			{
				read: (body, delivery) => ({
					...events.read(body, delivery),
					lead: { platform: 'spara', id: '1', mail: 'ada@example.com' } as never,
				}),
			},
			'has "mail", which the one lead shape does not',
		],
		['that anybody can send', { verify: () => undefined }, 'accepts a delivery without any proof'],
		[
			'verified with a field that does not exist',
			{ verify: (_, { signingKey }) => (signingKey ? undefined : 'no key') },
			'verify reads "signingKey"',
		],
		['taken for a ping', { isPing: () => true }, 'is taken for a ping'],
	])('%s are found', async (_, parts, problem) => {
		expect(await problemsOf(parts)).toContain(problem);
	});
});

describe('a node', () => {
	const room = rooms.find(({ folder }) => folder === 'nodes/Spara') as Room;
	const problemsOf = (
		node: INodeType,
		path: string,
		change: (description: INodeTypeDescription) => void,
		inRoom: Room = room,
	): string => {
		change(node.description);
		return problemsOfNode({ node, path, room: inRoom.folder }, inRoom).join('\n');
	};
	const ofAction = (change: (description: INodeTypeDescription) => void) =>
		problemsOf(new Spara(), 'nodes/Spara/Spara.node.ts', change);
	const ofTrigger = (change: (description: INodeTypeDescription) => void, inRoom = room) =>
		problemsOf(new SparaTrigger(), 'nodes/Spara/SparaTrigger.node.ts', change, inRoom);

	it('without a mistake has no problem', () => {
		expect(ofAction(() => {})).toBe('');
		expect(ofTrigger(() => {})).toBe('');
	});

	it.each<[string, () => string, string]>([
		[
			'has a field of its own that does nothing',
			() => ofAction(({ properties }) => properties.push(count)),
			'its properties are nodeProperties(resources), nothing more',
		],
		[
			'has an option Fetch Lead, with nothing that fetches the lead',
			() => ofTrigger(() => {}, { ...room, events: { ...events, enrich: undefined } }),
			'its properties are triggerProperties(vendor, events, registration), nothing more',
		],
		[
			'answers what nobody states',
			() => ofTrigger(() => {}, { ...room, events: { ...events, respond: undefined } }),
			'a catalogue with respond takes answeredDeliveries',
		],
		[
			'never lets the workflow answer where it could',
			() =>
				ofTrigger(({ webhooks }) => {
					if (webhooks) webhooks[0] = { ...webhooks[0], responseMode: 'onReceived' };
				}),
			'a catalogue with respond takes answeredDeliveries',
		],
		['is no tool', () => ofAction((description) => delete description.usableAsTool), 'usableAsTool'],
		['has no subtitle', () => ofAction((description) => delete description.subtitle), 'give it a subtitle'],
		[
			'has no output schema',
			() =>
				problemsOf(new Spara(), 'nodes/Spara/Spara.node.ts', (description) => (description.name = 'acme')),
			'lab/outputs/recorded/acme.json: lead.call has no output schema',
		],
		[
			'has no codex',
			() => problemsOf(new Spara(), 'nodes/Acme/Acme.node.ts', () => {}),
			'nodes/Acme/Acme.node.json: create it',
		],
	])('that %s is found', (_, find, problem) => {
		expect(find()).toContain(problem);
	});
});

describe('a room', () => {
	it('that is new gets a list of what to create', () => {
		const list = [
			'nodes/Acme/resources/index.ts: create it, and export resources',
			'nodes/Acme/Acme.node.ts: create it, and list it in package.json under "n8n"',
			'icons/acme.svg: draw it',
			'icons/acme.dark.svg: draw it',
			'sandbox/acme/: create it',
			'sandbox/vendors.mts: list the vendor acme',
			'README.md: say what can be done with Acme',
			'package.json: add the keyword acme',
			'package.json: name Acme in the description',
		];
		expect(problemsOfRoom({ folder: 'nodes/Acme' })).toEqual([
			'credentials/AcmeApi.credentials.ts: create it',
			'nodes/Acme/vendor.ts: create it, and export a Vendor (nodes/shared/vendor.ts)',
			...list,
		]);
		const acme = { ...spara, name: 'Acme', platform: 'acme' } as Vendor<string>;
		expect(problemsOfRoom({ folder: 'nodes/Acme', vendor: acme })).toEqual(list);
	});

	it('is found for every node of the package', () => {
		expect(new Set(nodes.map(({ room }) => room))).toEqual(new Set(rooms.map(({ folder }) => folder)));
	});
});
