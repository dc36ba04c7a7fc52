import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { request } from 'undici';
import type { N8nVersion } from '../../lab/n8n.mts';
import {
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
} from '../../lab/rest.mts';
import { openStage, type Stage } from './stage.mts';
import { chain, leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';

const versions: N8nVersion[] = ['2.40.7', '1.123.81'];
const KEY = 'leadconduit-sandbox-acme';
const WRONG_KEY = 'leadconduit-sandbox-wrong-key';
const SECRET = 'leadconduit-sandbox-acme-webhooks';
const flow = (value: string) => ({ __rl: true, mode: 'id', value });

describe.each(versions)('LeadConduit on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	const executions: Execution[] = [];
	const leadconduit = () => stage.sandbox.leadconduit;
	const solarLeads = () => leadconduit().leads({ flow: 'flow_solar' });

	const createCredential = async (apiKey: string) =>
		await stage.editor.createCredential('leadConduitApi', 'LeadConduit', {
			apiKey,
			environment: 'custom',
			baseUrl: `${stage.sandboxUrl}/leadconduit/api/v1`,
			webhookVerification: 'signature',
			webhookSecret: SECRET,
		});

	/** Runs one operation over the items in a workflow of its own. */
	const execute = async (
		parameters: IDataObject,
		items: IDataObject[],
		withCredential = credential,
		more: object = {},
	) => {
		const node = { ...leadwireNode('LeadConduit', 'leadConduit', 'leadConduitApi', parameters), ...more };
		const workflow = await stage.editor.createWorkflow(manual(items, node), [withCredential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		return execution;
	};

	/** The items that an operation gives; fails with the node's error when there is one. */
	const output = async (
		resource: string,
		operation: string,
		parameters: IDataObject,
		items: IDataObject[] = [{}],
	): Promise<INodeExecutionData[]> => {
		const { data } = await execute({ resource, operation, ...parameters }, items);
		expect(data.resultData.error).toBeUndefined();
		return data.resultData.runData.LeadConduit[0].data?.main[0] ?? [];
	};

	beforeAll(async () => {
		stage = await openStage(version);
		leadconduit().limit({ name: 'general', windows: [] });
		credential = await createCredential(KEY);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads both nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name);
		expect(names.filter((name) => name.startsWith('n8n-nodes-leadwire.leadConduit')).sort()).toEqual([
			'n8n-nodes-leadwire.leadConduit',
			'n8n-nodes-leadwire.leadConduitTool',
			'n8n-nodes-leadwire.leadConduitTrigger',
		]);
	});

	it('tests the credential: green with the right key, red with a wrong one', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await stage.editor.testCredential(await createCredential(WRONG_KEY))).toMatchObject({
			status: 'Error',
		});
	});

	it('lead: submit, from the mapper', async () => {
		const items = await output(
			'lead',
			'submit',
			{
				flowId: flow('flow_plain'),
				leadFields: {
					mappingMode: 'defineBelow',
					value: { email: '={{ $json.email }}', city: '' },
					matchingColumns: [],
					schema: [],
				},
				customFields: { field: [{ name: 'custom_field_77', value: 'gold' }] },
				additionalFields: { trustedFormCertUrl: 'https://cert.trustedform.com/0a1b' },
			},
			[{ email: 'ana@n8n.example' }, { email: 'ben@n8n.example' }],
		);
		expect(items).toEqual([
			{
				json: expect.objectContaining({
					platform: 'leadconduit',
					email: 'ana@n8n.example',
					status: 'delivered',
					price: 12.5,
				}),
				pairedItem: { item: 0 },
			},
			{
				json: expect.objectContaining({
					platform: 'leadconduit',
					email: 'ben@n8n.example',
					customFields: { custom_field_77: 'gold' },
				}),
				pairedItem: { item: 1 },
			},
		]);
		expect(leadconduit().writes({ kind: 'receive' })).toMatchObject({
			'ana@n8n.example': 1,
			'ben@n8n.example': 1,
		});
	});

	it('lead: submitMany, one request, refused leads with their reason', async () => {
		const people = ['a@many.example', 'not an address', 'c@many.example'].map((email) => ({ email }));
		const parameters = {
			resource: 'lead',
			operation: 'submitMany',
			flowId: flow('flow_plain'),
			leadFields: { mappingMode: 'autoMapInputData', value: null, matchingColumns: [], schema: [] },
		};
		const { data } = await execute(parameters, people, credential, { onError: 'continueRegularOutput' });
		expect(data.resultData.runData.LeadConduit[0].data?.main[0]).toEqual([
			{
				json: expect.objectContaining({ email: 'a@many.example', status: 'success' }),
				pairedItem: { item: 0 },
			},
			{
				json: {
					error: 'LeadConduit did not accept this item: The lead is not valid: email has the wrong format',
					message: expect.stringContaining('Correct the lead before you submit it again.'),
					details: { code: 'validation_failed' },
				},
				pairedItem: { item: 1 },
			},
			{
				json: expect.objectContaining({ email: 'c@many.example', status: 'success' }),
				pairedItem: { item: 2 },
			},
		]);
		expect(leadconduit().statistics().routes['POST /flows/:flowId/leads/batch'].requests).toBe(1);
	});

	it('lead: get and search', async () => {
		const [first, second] = solarLeads();
		const got = await output('lead', 'get', { leadId: '={{ $json.id }}' }, [
			{ id: second.id },
			{ id: first.id },
		]);
		expect(got.map(({ json, pairedItem }) => [json.email, pairedItem])).toEqual([
			[second.lead_data.email, { item: 0 }],
			[first.lead_data.email, { item: 1 }],
		]);
		const found = await output('lead', 'search', {
			filters: { flowId: 'flow_solar', status: 'delivered' },
			returnAll: true,
		});
		expect(found).toHaveLength(solarLeads().filter(({ status }) => status === 'delivered').length);
	});

	it('flow: getMany, get and updateSettings', async () => {
		const flows = await output('flow', 'getMany', {});
		expect(flows.map(({ json }) => json.id)).toEqual(['flow_solar', 'flow_roofing', 'flow_plain']);
		const [one] = await output('flow', 'get', { flowId: flow('flow_roofing') });
		expect(one.json).toMatchObject({ id: 'flow_roofing', configuration: expect.any(Object) });
		await output('flow', 'updateSettings', { flowId: flow('flow_roofing'), settings: { dailyLimit: 40 } });
		expect(leadconduit().flowSettings({ flow: 'flow_roofing' })).toEqual({ volume_cap: { daily_limit: 40 } });
	});

	it('event: getMany, analytics: get and apiRequest: send', async () => {
		const events = await output('event', 'getMany', {
			flowId: flow('flow_solar'),
			filters: { eventType: 'delivered' },
			limit: 3,
		});
		expect(events.map(({ json }) => json.event)).toEqual(['delivered', 'delivered', 'delivered']);
		const groups = await output('analytics', 'get', { groupBy: 'source', filters: { flowId: 'flow_solar' } });
		expect(groups.map(({ json }) => json.group).sort()).toEqual(['facebook', 'google', 'partner']);
		const [answer] = await output('apiRequest', 'send', { method: 'GET', path: '/flows' });
		expect(answer.json.flows).toHaveLength(3);
	});

	describe('the editor’s lists', () => {
		const ask = async (
			kind: Parameters<typeof stage.editor.fieldChoices>[0],
			methodName: string,
			parameters: IDataObject = {},
		) =>
			await stage.editor.fieldChoices(kind, {
				methodName,
				nodeTypeAndVersion: { name: 'n8n-nodes-leadwire.leadConduit', version: 1 },
				path: 'parameters.flowId',
				currentNodeParameters: parameters,
				credential,
			});

		it('offer the flows by name', async () => {
			expect(await ask('resource-locator-results', 'searchFlows')).toMatchObject({
				results: [
					{ name: 'Plain intake', value: 'flow_plain' },
					{ value: 'flow_roofing' },
					{ value: 'flow_solar' },
				],
			});
			expect(await ask('options', 'getFlows')).toHaveLength(3);
		});

		it("show a flow's required fields in the mapper, ahead of the others", async () => {
			const { fields } = (await ask('resource-mapper-fields', 'getLeadFields', {
				flowId: flow('flow_roofing'),
			})) as {
				fields: Array<{ id: string; required: boolean }>;
			};
			expect(fields.filter(({ required }) => required).map(({ id }) => id)).toEqual([
				'email',
				'phone',
				'postal_code',
				'custom_field_77',
			]);
			expect(fields.map(({ id }) => id)).toContain('first_name');
		});
	});

	it.each([
		{ cause: 'an unknown lead', keyOf: () => KEY, httpCode: '404', says: 'lead not found' },
		{ cause: 'a wrong key', keyOf: () => WRONG_KEY, httpCode: '401', says: 'not authorized' },
	])('fails on $cause with the reason and the way out', async ({ keyOf, httpCode, says }) => {
		const parameters = { resource: 'lead', operation: 'get', leadId: 'lead_none' };
		const { status, data } = await execute(parameters, [{}], await createCredential(keyOf()));
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			httpCode,
			message: expect.stringContaining(says),
			description: expect.any(String),
		});
	});

	describe('the active trigger', () => {
		let workflow: Workflow;
		const deliver = async (
			variant: 'genuine' | 'forged' | 'tampered' | 'unsigned' | 'repeated',
			leadId: string,
		) => {
			const [{ status }] = await leadconduit().emit({ event: 'lead.delivered', leadId, variant });
			return status;
		};

		beforeAll(async () => {
			const trigger = leadwireNode('LeadConduit Trigger', 'leadConduitTrigger', 'leadConduitApi', {
				events: ['lead.delivered'],
				registerUrl: true,
				flowId: flow('flow_solar'),
				previousUrl: 'https://hooks.shop.example/leads',
			});
			const get = leadwireNode('Get lead', 'leadConduit', 'leadConduitApi', {
				resource: 'lead',
				operation: 'get',
				leadId: '={{ $json.lead.id }}',
			});
			workflow = await stage.editor.createWorkflow(chain('Triggered', [trigger, get]), [credential]);
			await stage.editor.activate(workflow);
			await waitUntilRegistered(webhookUrl(stage.n8n.url, workflow, trigger.name));
		}, 30_000);

		/** n8n 2 registers and removes a while after its answer to the editor. */
		const expectUrl = async (path: string) => {
			const pathNow = () =>
				new URL(
					leadconduit().flowSettings({ flow: 'flow_solar' }).notifications?.webhook_url ?? 'http://none',
				).pathname;
			for (let waits = 0; waits < 100 && pathNow() !== path; waits++) await sleep(100);
			expect(pathNow()).toBe(path);
		};

		it("has entered its URL in the flow's settings", async () => {
			await expectUrl(new URL(webhookUrl(stage.n8n.url, workflow, 'LeadConduit Trigger')).pathname);
		}, 20_000);

		it('refuses what is not genuine; runs a genuine event once, and not again when it is repeated', async () => {
			const [{ id, lead_data: data }, other] = solarLeads();
			expect(await deliver('forged', id)).toBe(401);
			expect(await deliver('tampered', id)).toBe(401);
			expect(await deliver('unsigned', id)).toBe(401);
			expect(await deliver('genuine', id)).toBe(200);
			expect(await deliver('repeated', id)).toBe(200);
			// The last delivery's run comes after any run that those before it started.
			expect(await deliver('genuine', other.id)).toBe(200);

			const runs = await stage.editor.awaitExecutions(workflow, 2);
			executions.push(...runs);
			expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
			const [first, second] = runs.map((run) => run.data.resultData.runData);
			expect(first['LeadConduit Trigger'][0].data?.main[0]?.[0].json).toMatchObject({
				platform: 'leadconduit',
				event: 'lead.delivered',
				lead: { id, email: data.email },
			});
			expect(first['Get lead'][0].data?.main[0]?.[0].json).toMatchObject({ id, email: data.email });
			expect(second['Get lead'][0].data?.main[0]?.[0].json).toMatchObject({ id: other.id });
		}, 30_000);

		it('puts back the URL that was there, once it is deactivated', async () => {
			await stage.editor.deactivate(workflow);
			await expectUrl('/leads');
			expect(leadconduit().flowSettings({ flow: 'flow_solar' }).notifications).toEqual({
				webhook_url: 'https://hooks.shop.example/leads',
			});
		}, 30_000);
	});

	it.each([
		{ options: { outcome: 'failure', reason: 'sold' }, answer: { outcome: 'failure', reason: 'sold' } },
		{ options: { respond: 'lastNode' }, answer: { outcome: 'success', price: 7 } },
	])(
		'can be a delivery step: answers $answer',
		async ({ options, answer }) => {
			const trigger = leadwireNode('Step', 'leadConduitTrigger', 'leadConduitApi', { options });
			const set = {
				...leadwireNode('Decide', '', '', {}),
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: { mode: 'raw', jsonOutput: '{ "outcome": "success", "price": 7 }', options: {} },
				credentials: {},
			};
			const workflow = await stage.editor.createWorkflow(chain('Delivery step', [trigger, set]), [
				credential,
			]);
			const url = webhookUrl(stage.n8n.url, workflow, 'Step');
			await stage.editor.activate(workflow);
			await waitUntilRegistered(url);
			const text = JSON.stringify({
				event_type: 'lead.received',
				timestamp: new Date().toISOString(),
				lead_id: `lead_${options.respond ?? ''}`,
				data: { lead: {} },
			});
			const signature = `sha256=${createHmac('sha256', SECRET).update(text).digest('hex')}`;
			const { statusCode, body } = await request(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: `${text.slice(0, -1)},"signature":"${signature}"}`,
			});
			expect([statusCode, await body.json()]).toEqual([200, answer]);
			executions.push(...(await stage.editor.awaitExecutions(workflow, 1)));
			await stage.editor.deactivate(workflow);
		},
		30_000,
	);

	it('leaves no secret in execution data, errors or the log', () => {
		const written = [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');
		expect(executions.length).toBeGreaterThan(8);
		// The right key begins like the wrong one and the secret: look for it as a whole word.
		expect(written).not.toMatch(/leadconduit-sandbox-acme\b/);
		for (const secret of [WRONG_KEY, SECRET]) expect(written).not.toContain(secret);
	});
});
