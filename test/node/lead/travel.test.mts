import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';
import { ActiveProspectApi } from '../../../credentials/ActiveProspectApi.credentials';
import { LeadConduitApi } from '../../../credentials/LeadConduitApi.credentials';
import { LeadiosaApi } from '../../../credentials/LeadiosaApi.credentials';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { ActiveProspect } from '../../../nodes/ActiveProspect/ActiveProspect.node';
import { LeadConduit } from '../../../nodes/LeadConduit/LeadConduit.node';
import { Leadiosa } from '../../../nodes/Leadiosa/Leadiosa.node';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { startSandbox } from '../../../sandbox/server.mts';
import { runNode, type NodeRun } from '../engine/run.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => {
	started = await startSandbox({ port: 0 });
	for (const vendor of ['leadconduit', 'leadiosa', 'sparkloop'] as const)
		started.sandbox[vendor].limit({ name: 'general', windows: [] });
});
afterEach(async () => await started.close());

/** No limit of the account, so that nothing waits. */
const FAST = { limitRate: true, rateLimitRequests: 1_000_000, rateLimitSeconds: 1 };

interface Platform {
	node: INodeType;
	type: string;
	credential: ICredentialType;
	fields(url: string): IDataObject;
}
const platforms: Record<string, Platform> = {
	activeprospect: {
		node: new ActiveProspect(),
		type: 'activeProspect',
		credential: new ActiveProspectApi(),
		fields: (url) => ({ apiKey: 'activeprospect-sandbox-acme', baseUrl: `${url}/activeprospect` }),
	},
	leadconduit: {
		node: new LeadConduit(),
		type: 'leadConduit',
		credential: new LeadConduitApi(),
		fields: (url) => ({
			apiKey: 'leadconduit-sandbox-acme',
			environment: 'custom',
			baseUrl: `${url}/leadconduit/api/v1`,
			burstLimitRequests: 1_000_000,
			burstLimitSeconds: 1,
		}),
	},
	leadiosa: {
		node: new Leadiosa(),
		type: 'leadiosa',
		credential: new LeadiosaApi(),
		fields: (url) => ({ apiKey: 'leadiosa-sandbox-acme', baseUrl: `${url}/leadiosa/api/v1` }),
	},
	spara: {
		node: new Spara(),
		type: 'spara',
		credential: new SparaApi(),
		fields: (url) => ({ apiKey: 'spara-sandbox-acme', baseUrl: `${url}/spara/v1` }),
	},
	sparkloop: {
		node: new SparkLoop(),
		type: 'sparkLoop',
		credential: new SparkLoopApi(),
		fields: (url) => ({ apiKey: 'sparkloop-sandbox-acme', baseUrl: `${url}/sparkloop/v2` }),
	},
	sparx: {
		node: new Sparx(),
		type: 'sparx',
		credential: new SparxApi(),
		fields: (url) => ({
			apiKey: started.sandbox.sparx.accounts()[0].keys.editor,
			baseUrl: `${url}/sparx/v1`,
		}),
	},
};

async function run(
	platform: string,
	[resource, operation]: string[],
	parameters: IDataObject,
	items: IDataObject[],
) {
	const { node, type, credential, fields } = platforms[platform];
	return await runNode({
		node,
		type: `n8n-nodes-leadwire.${type}`,
		parameters: { resource, operation, ...parameters } as NodeRun['parameters'],
		items,
		settings: { onError: 'continueErrorOutput' },
		credentials: { [credential.name]: { ...FAST, ...fields(started.url) } },
		credentialTypes: [credential],
	});
}

/** How simplified leads are read; each gives some dozens. */
const readers: Record<string, () => Promise<IDataObject[]>> = {
	'activeprospect (search)': async () => {
		started.sandbox.activeprospect.seedEvents({ count: 24 });
		return await read('activeprospect', ['lead', 'search'], {});
	},
	'activeprospect (events)': async () => {
		started.sandbox.activeprospect.seedEvents({ count: 24 });
		const events = await read('activeprospect', ['event', 'getMany'], {});
		return events.map(({ lead }) => lead as IDataObject);
	},
	leadconduit: async () =>
		await read('leadconduit', ['lead', 'search'], { options: { fetchFullLeads: true } }),
	leadiosa: async () => await read('leadiosa', ['contact', 'getMany'], {}),
	spara: async () => await read('spara', ['lead', 'search'], {}),
	sparkloop: async () => await read('sparkloop', ['subscriber', 'getMany'], {}),
	'sparx (documented)': async () => await read('sparx', ['customer', 'getMany'], {}),
	'sparx (observed)': async () => {
		started.sandbox.sparx.configure({ dialect: 'observed' });
		return await read('sparx', ['customer', 'getMany'], {});
	},
};

async function read(platform: string, operation: string[], parameters: IDataObject): Promise<IDataObject[]> {
	const { items, error } = await run(platform, operation, { limit: 60, simplify: true, ...parameters }, [{}]);
	expect(error).toBeUndefined();
	return items.map(({ json }) => json);
}

const locator = (value: string) => ({ __rl: true, mode: 'id', value });

/** How a lead is written, and what a platform wants of one that others need not know. */
const writers: Record<
	string,
	{ platform: string; operation: string[]; parameters: () => IDataObject; needs?: string }
> = {
	'activeprospect submit': {
		platform: 'activeprospect',
		operation: ['lead', 'submit'],
		parameters: () => {
			const { flowIds, entityIds } = started.sandbox.activeprospect;
			return { flowId: locator(flowIds().plain), sourceId: locator(entityIds().form), leadData: 'lead' };
		},
	},
	'leadconduit submit': {
		platform: 'leadconduit',
		operation: ['lead', 'submit'],
		parameters: () => ({ flowId: locator('flow_plain'), leadData: 'lead' }),
		needs: 'email',
	},
	'leadconduit submit many': {
		platform: 'leadconduit',
		operation: ['lead', 'submitMany'],
		parameters: () => ({ flowId: locator('flow_plain'), leadData: 'lead' }),
		needs: 'email',
	},
	'leadiosa update': {
		platform: 'leadiosa',
		operation: ['contact', 'update'],
		parameters: () => ({ contactId: contactId(), contactData: 'lead' }),
	},
	'spara create': {
		platform: 'spara',
		operation: ['lead', 'create'],
		parameters: () => ({ leadData: 'lead' }),
	},
	'spara upsert': {
		platform: 'spara',
		operation: ['lead', 'upsert'],
		parameters: () => ({ leadData: 'lead', matchEmail: '={{ $json.email }}' }),
		needs: 'email',
	},
	'sparkloop create': {
		platform: 'sparkloop',
		operation: ['subscriber', 'create'],
		parameters: () => ({ leadData: 'lead' }),
		needs: 'email',
	},
	'sparkloop upsert': {
		platform: 'sparkloop',
		operation: ['subscriber', 'upsert'],
		parameters: () => ({ leadData: 'lead' }),
		needs: 'email',
	},
	'sparx create': {
		platform: 'sparx',
		operation: ['customer', 'create'],
		parameters: () => ({ customerData: 'lead' }),
	},
	'sparx upsert': {
		platform: 'sparx',
		operation: ['customer', 'upsert'],
		parameters: () => ({ customerData: 'lead', matchEmail: '={{ $json.email }}' }),
		needs: 'email',
	},
};

/** A visitor of whom nothing is known is no lead that anybody could take. */
const saysSomething = ({ email, firstName, phone, company }: IDataObject) =>
	[email, firstName, phone, company].some((value) => value !== undefined);

let contact = '';
const contactId = () => contact;

/** The same lead as a database, a spreadsheet or a model hands it on. */
const disguises: Record<string, (lead: IDataObject) => IDataObject> = {
	'as it comes': (lead) => lead,
	'with null for what is unknown': (lead) => ({
		...Object.fromEntries(
			['email', 'firstName', 'lastName', 'phone', 'company', 'jobTitle', 'status', 'createdAt', 'url'].map(
				(name) => [name, null],
			),
		),
		...lead,
		customFields: { ...(lead.customFields as IDataObject), unknown: null },
	}),
	'with a number for the phone': (lead) => ({ ...lead, phone: 15125550142 }),
};

describe.each(Object.keys(readers))('leads of %s', (source) => {
	it.each(Object.keys(writers))('are accepted by %s', async (target) => {
		// Spara's own text for a number cannot be told from a text: whoever writes it back knows the field's type.
		started.sandbox.spara.configure({ textValues: 'none' });
		const leads = (await readers[source]()).filter(saysSomething);
		expect(leads.length).toBeGreaterThanOrEqual(3);
		[contact] = (await read('leadiosa', ['contact', 'getMany'], { limit: 1 })).map(({ id }) => String(id));
		const { platform, operation, parameters, needs } = writers[target];
		const seen = new Set<unknown>();
		const own = leads.filter((lead) => {
			const key = String(lead.email ?? lead.id).toLowerCase();
			return (!needs || lead[needs] !== undefined) && !seen.has(key) && seen.add(key);
		});
		expect(own.length).toBeGreaterThanOrEqual(3);
		for (const [disguise, wear] of Object.entries(disguises)) {
			// Where an email can be taken only once, each disguise is another person.
			const isOther = disguise !== 'as it comes' || source.startsWith(platform);
			const items = own.map((lead) =>
				wear({
					...lead,
					...(isOther && lead.email ? { email: `${disguise.length}.${String(lead.email)}` } : {}),
				}),
			);
			const { items: written, errorItems } = await run(platform, operation, parameters(), items);
			expect([disguise, [...new Set(errorItems.map(({ json }) => json.error))]]).toEqual([disguise, []]);
			expect(written).toHaveLength(items.length);
		}
	});
});
