import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectApi } from '../../../credentials/ActiveProspectApi.credentials.ts';
import { LeadConduitApi } from '../../../credentials/LeadConduitApi.credentials.ts';
import { ActiveProspect } from '../../../nodes/ActiveProspect/ActiveProspect.node.ts';
import { LeadConduit } from '../../../nodes/LeadConduit/LeadConduit.node.ts';
import { startSandbox } from '../../../sandbox/server.mts';
import { runNode } from '../engine/run.mts';

let started: Awaited<ReturnType<typeof startSandbox>>;
beforeAll(async () => (started = await startSandbox({ port: 0 })));
afterAll(async () => await started.close());

const ACTIVE_PROSPECT_KEY = 'activeprospect-sandbox-acme';
const LEAD_CONDUIT_KEY = 'leadconduit-sandbox-acme';
const parameters = { resource: 'flow', operation: 'getMany', returnAll: true };

const leadConduit = async (apiKey: string, path: string) =>
	await runNode({
		node: new LeadConduit(),
		type: 'n8n-nodes-leadwire.leadConduit',
		parameters,
		items: [{}],
		credentials: { leadConduitApi: { apiKey, environment: 'custom', baseUrl: `${started.url}${path}` } },
		credentialTypes: [new LeadConduitApi()],
	});
const activeProspect = async (apiKey: string, path: string) =>
	await runNode({
		node: new ActiveProspect(),
		type: 'n8n-nodes-leadwire.activeProspect',
		parameters,
		items: [{}],
		credentials: { activeProspectApi: { apiKey, baseUrl: `${started.url}${path}` } },
		credentialTypes: [new ActiveProspectApi()],
	});

describe('an account of the other API is told which node it needs', () => {
	it.each([
		['its key at its address: 401', '/activeprospect', 'in the way of its other API'],
		['no such address: 404', '/nowhere/api/v1', 'There is no LeadConduit API with /api/v1 at this address'],
	])('by LeadConduit, %s', async (_name, path, says) => {
		const { error } = await leadConduit(ACTIVE_PROSPECT_KEY, path);
		expect(error?.message).toContain(says);
		expect(error?.description).toContain(
			'use the ActiveProspect node and the credential "ActiveProspect API"',
		);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain(ACTIVE_PROSPECT_KEY);
	});

	it.each([
		['the key is unknown: 401', '/leadconduit/api/v1', 'This address answers like the other LeadConduit API'],
		['no such address: 404', '/leadconduit', 'ActiveProspect knows no such record, or no such address'],
	])('by ActiveProspect, %s', async (_name, path, says) => {
		const { error } = await activeProspect(LEAD_CONDUIT_KEY, path);
		expect(error?.message).toContain(says);
		expect(error?.description).toContain('LeadConduit node and the credential "LeadConduit API"');
		expect(JSON.stringify([error?.message, error?.description])).not.toContain(LEAD_CONDUIT_KEY);
	});

	it('but one that is right where it is, is not', async () => {
		const leads = await leadConduit(LEAD_CONDUIT_KEY, '/leadconduit/api/v1');
		const flows = await activeProspect(ACTIVE_PROSPECT_KEY, '/activeprospect');
		expect([leads.error, flows.error]).toEqual([undefined, undefined]);
		const wrong = await leadConduit('nobody', '/leadconduit/api/v1');
		expect(wrong.error?.description).not.toContain('ActiveProspect');
	});

	it.each([
		['LeadConduit API', new LeadConduitApi(), 'ActiveProspect API'],
		['ActiveProspect API', new ActiveProspectApi(), 'LeadConduit API'],
	])(
		'by the test of the credential %s, for 401 and 404, and by its first line',
		(_name, credential, other) => {
			const words = (status: number) =>
				credential.test.rules?.find(({ properties }) => (properties as IDataObject).value === status)
					?.properties;
			for (const status of [401, 404])
				expect(words(status)).toMatchObject({ message: expect.stringContaining(other) });
			const notices = credential.properties.filter(({ type }) => type === 'notice');
			expect(notices.some(({ displayName }) => displayName.includes(other))).toBe(true);
		},
	);
});
