import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
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
const WRONG_KEY = 'spara-sandbox-wrong-key';
const WEBHOOK = { header: 'X-Spara-Signature', secret: 'a secret that only Spara and n8n share' };

describe.each(versions)('Spara on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	const executions: Execution[] = [];

	const account = () => stage.sandbox.spara.accounts()[0];
	const callableLeads = () =>
		stage.sandbox.spara.leads().filter(({ data }) => data.email && data.phone_number);

	const createCredential = async (apiKey: string) =>
		await stage.editor.createCredential('sparaApi', 'Spara', {
			apiKey,
			baseUrl: `${stage.sandboxUrl}/spara/v1`,
			webhookVerification: 'hmac',
			webhookSecret: WEBHOOK.secret,
			webhookHeader: WEBHOOK.header,
		});

	/** Runs one operation over the items in a workflow of its own. */
	const execute = async (
		operation: string,
		parameters: IDataObject,
		items: IDataObject[],
		withCredential = credential,
	) => {
		const node = leadwireNode('Spara', 'spara', 'sparaApi', { resource: 'lead', operation, ...parameters });
		const workflow = await stage.editor.createWorkflow(manual(items, node), [withCredential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		return execution;
	};

	/** The items that the operation gives; fails with the node's error when there is one. */
	const output = async (
		operation: string,
		parameters: IDataObject,
		items: IDataObject[],
	): Promise<INodeExecutionData[]> => {
		const { data } = await execute(operation, parameters, items);
		expect(data.resultData.error).toBeUndefined();
		return data.resultData.runData.Spara[0].data?.main[0] ?? [];
	};

	beforeAll(async () => {
		stage = await openStage(version);
		credential = await createCredential(account().key);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads its nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name);
		const own = names.filter((name) => name.startsWith('n8n-nodes-leadwire.spara'));
		const expected = ['spara', 'sparaPollingTrigger', 'sparaTool', 'sparaTrigger'];
		expect(own.sort()).toEqual(expected.map((name) => `n8n-nodes-leadwire.${name}`));
	});

	it('tests the credential: green with the right key, red with a wrong one', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await stage.editor.testCredential(await createCredential(WRONG_KEY))).toMatchObject({
			status: 'Error',
		});
	});

	it('searches leads', async () => {
		const [first, second] = callableLeads();
		const emails = [second.data.email, 'nobody@nowhere.example', first.data.email];
		const items = await output(
			'search',
			{ filters: { email: '={{ $json.email }}' } },
			emails.map((email) => ({ email })),
		);
		expect(items).toEqual([
			{ json: expect.objectContaining({ id: second.id, email: second.data.email }), pairedItem: { item: 0 } },
			{ json: expect.objectContaining({ id: first.id, email: first.data.email }), pairedItem: { item: 2 } },
		]);
	});

	it('gets leads', async () => {
		const [first, second] = callableLeads();
		const items = await output('get', { leadId: '={{ $json.id }}' }, [{ id: second.id }, { id: first.id }]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ platform: 'spara', id: second.id, phone: second.data.phone_number }),
				pairedItem: { item: 0 },
			},
			{
				json: expect.objectContaining({ platform: 'spara', id: first.id, phone: first.data.phone_number }),
				pairedItem: { item: 1 },
			},
		]);
	});

	it('creates leads with typed fields', async () => {
		const people = [
			{ email: 'ada@create.example', employees: 12 },
			{ email: 'grace@create.example', employees: 3400 },
		];
		const parameters = {
			leadFields: { email: '={{ $json.email }}', num_employees: '={{ $json.employees }}' },
			customFields: { field: [{ name: 'is_trial', type: 'boolean', boolean: true }] },
		};
		const items = await output('create', parameters, people);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		const stored = items.map(({ json }) => stage.sandbox.spara.lead({ id: json.id as string }).data);
		expect(stored).toEqual(
			people.map(({ email, employees }) => ({ email, num_employees: employees, is_trial: true })),
		);
		expect(stage.sandbox.spara.writes({ kind: 'create' })).toEqual({
			'ada@create.example': 1,
			'grace@create.example': 1,
		});
	});

	it('updates leads, and fetches them if asked', async () => {
		const [first, second] = callableLeads();
		const parameters = {
			leadId: '={{ $json.id }}',
			leadFields: { job_title: '={{ $json.title }}' },
			options: { fetchUpdatedLead: true },
		};
		const items = await output('update', parameters, [
			{ id: first.id, title: 'Countess' },
			{ id: second.id, title: 'Admiral' },
		]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ id: first.id, email: first.data.email, jobTitle: 'Countess' }),
				pairedItem: { item: 0 },
			},
			{
				json: expect.objectContaining({ id: second.id, email: second.data.email, jobTitle: 'Admiral' }),
				pairedItem: { item: 1 },
			},
		]);
		expect(stage.sandbox.spara.lead({ id: first.id }).data).toMatchObject({
			...first.data,
			job_title: 'Countess',
		});
	});

	it('creates or updates leads, given in the one lead shape', async () => {
		const [known] = callableLeads();
		const parameters = { matchEmail: '={{ $json.email }}', leadData: 'lead', lead: '={{ $json }}' };
		const items = await output('upsert', parameters, [
			{ email: 'new@upsert.example', company: 'New Company' },
			{ email: known.data.email, company: 'Renamed Company' },
		]);
		expect(items).toEqual([
			{
				json: expect.objectContaining({ email: 'new@upsert.example', company: 'New Company', created: true }),
				pairedItem: { item: 0 },
			},
			{
				json: expect.objectContaining({ id: known.id, company: 'Renamed Company', created: false }),
				pairedItem: { item: 1 },
			},
		]);
		expect(stage.sandbox.spara.writes({ kind: 'create' })).toMatchObject({ 'new@upsert.example': 1 });
		expect(stage.sandbox.spara.lead({ id: known.id }).data).toMatchObject({
			company_name: 'Renamed Company',
		});
	});

	it('calls leads', async () => {
		const [first, second] = callableLeads();
		const parameters = { leadId: '={{ $json.id }}', voiceAgentId: account().agents[0].id, callMode: 'qa' };
		const items = await output('call', parameters, [{ id: first.id }, { id: second.id }]);
		expect(items).toEqual([
			{ json: { leadId: first.id, queued: true }, pairedItem: { item: 0 } },
			{ json: { leadId: second.id, queued: true }, pairedItem: { item: 1 } },
		]);
		expect(stage.sandbox.spara.writes({ kind: 'call' })).toEqual({ [first.id]: 1, [second.id]: 1 });
		expect(stage.sandbox.spara.writes({ kind: 'ring' })).toEqual({});
	});

	it.each([
		{
			cause: 'an unknown lead',
			leadId: 'NOTTHERE',
			keyOf: () => account().key,
			httpCode: '404',
			says: 'No such lead',
		},
		{
			cause: 'a wrong key',
			leadId: 'QX7R20MB',
			keyOf: () => WRONG_KEY,
			httpCode: '401',
			says: 'Invalid API key',
		},
	])('fails on $cause with the reason and the way out', async ({ leadId, keyOf, httpCode, says }) => {
		const { status, data } = await execute('get', { leadId }, [{}], await createCredential(keyOf()));
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			httpCode,
			message: expect.stringContaining(says),
			description: expect.any(String),
		});
	});

	it('sends a failed item to the error output and the others on', async () => {
		const [{ id }] = callableLeads();
		const node = leadwireNode('Spara', 'spara', 'sparaApi', {
			resource: 'lead',
			operation: 'get',
			leadId: '={{ $json.id }}',
		});
		const file = manual([{ id: 'NOSUCH00' }, { id }], { ...node, onError: 'continueErrorOutput' });
		const execution = await stage.editor.run(
			await stage.editor.createWorkflow(file, [credential]),
			MANUAL_TRIGGER,
		);
		executions.push(execution);
		const [succeeded, failed] = execution.data.resultData.runData.Spara[0].data?.main ?? [];
		expect(succeeded?.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([[id, { item: 1 }]]);
		expect(failed?.map(({ json, pairedItem }) => [json.id, json.error, pairedItem])).toEqual([
			['NOSUCH00', 'Spara could not find the record: No such lead', { item: 0 }],
		]);
	}, 30_000);

	describe('the active trigger', () => {
		let workflow: Workflow;
		const deliver = async (
			variant: 'genuine' | 'forged' | 'tampered' | 'unsigned' | 'repeated',
			leadId: string,
		) => {
			const [{ status }] = await stage.sandbox.spara.emit({ event: 'lead.created', leadId, variant });
			return status;
		};

		beforeAll(async () => {
			const trigger = leadwireNode('Spara Trigger', 'sparaTrigger', 'sparaApi', { events: ['lead.created'] });
			const get = leadwireNode('Get lead', 'spara', 'sparaApi', {
				resource: 'lead',
				operation: 'get',
				leadId: '={{ $json.lead.id }}',
			});
			workflow = await stage.editor.createWorkflow(chain('Triggered', [trigger, get]), [credential]);
			const url = webhookUrl(stage.n8n.url, workflow, trigger.name);
			await stage.editor.activate(workflow);
			await waitUntilRegistered(url);
			stage.sandbox.spara.registerWebhook({
				account: account().id,
				url,
				authentication: { kind: 'hmac', ...WEBHOOK },
			});
		}, 30_000);

		it('refuses forged, tampered and unsigned deliveries; runs a genuine one once, and not again when it is repeated', async () => {
			const [{ id, data }, other] = callableLeads();
			expect(await deliver('forged', id)).toBe(401);
			expect(await deliver('tampered', id)).toBe(401);
			expect(await deliver('unsigned', id)).toBe(401);
			expect(await deliver('genuine', id)).toBe(200);
			expect(await deliver('repeated', id)).toBe(200);
			expect(await deliver('repeated', id)).toBe(200);
			// The last delivery's run comes after any run that those before it started.
			expect(await deliver('genuine', other.id)).toBe(200);

			const runs = await stage.editor.awaitExecutions(workflow, 2);
			executions.push(...runs);
			expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
			const [first, second] = runs.map((run) => run.data.resultData.runData);
			expect(first['Spara Trigger'][0].data?.main[0]).toEqual([
				{
					json: expect.objectContaining({
						platform: 'spara',
						event: 'lead.created',
						lead: expect.objectContaining({ id, email: data.email }),
					}),
					pairedItem: { item: 0 },
				},
			]);
			expect(first['Get lead'][0].data?.main[0]?.[0].json).toMatchObject({ id, email: data.email });
			expect(second['Get lead'][0].data?.main[0]?.[0].json).toMatchObject({ id: other.id });
		}, 30_000);

		it('answers events it is not meant for without a run', async () => {
			const [{ id }] = callableLeads();
			const before = await stage.editor.executions(workflow);
			const [{ status }] = await stage.sandbox.spara.emit({
				event: 'lead.facts_updated',
				leadId: id,
				changed: { job_title: 'CEO' },
			});
			expect(status).toBe(200);
			expect(await stage.editor.executions(workflow)).toEqual(before);
		});
	});

	it('answers an API step of a Spara workflow with the workflow’s last item, each time it asks', async () => {
		const byHeader = await stage.editor.createCredential('sparaApi', 'Spara by header', {
			apiKey: account().key,
			baseUrl: `${stage.sandboxUrl}/spara/v1`,
			webhookVerification: 'header',
			webhookHeader: 'Authorization',
			webhookSecret: WEBHOOK.secret,
		});
		const trigger = leadwireNode('API step', 'sparaTrigger', 'sparaApi', {
			options: { respond: 'lastNode' },
		});
		const score = {
			...leadwireNode('Score', '', '', {}),
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: '={{ { intent_score: 7, asked_about: $json.data.email } }}',
				options: {},
			},
			credentials: {},
		};
		const workflow = await stage.editor.createWorkflow(chain('Answer', [trigger, score]), [byHeader]);
		const url = webhookUrl(stage.n8n.url, workflow, 'API step');
		await stage.editor.activate(workflow);
		await waitUntilRegistered(url);
		const [{ id, data }] = callableLeads();
		const ask = async (secret: string) =>
			await stage.sandbox.spara.apiStep({
				leadId: id,
				url,
				headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
				body: '{ "email": "{{ email }}" }',
				fields: [{ name: 'intent_score', description: 'How likely the lead is to buy, from 0 to 10' }],
			});
		expect(await ask('a guess')).toMatchObject({ status: 401, extracted: {} });
		const answers = [await ask(WEBHOOK.secret), await ask(WEBHOOK.secret)];
		for (const { status, answer, extracted } of answers) {
			expect([status, JSON.parse(answer)]).toEqual([200, { intent_score: 7, asked_about: data.email }]);
			expect(extracted).toEqual({ intent_score: 7 });
		}
		expect(stage.sandbox.spara.lead({ id }).data).toMatchObject({ intent_score: 7 });
		executions.push(...(await stage.editor.awaitExecutions(workflow, 2)));
		await stage.editor.deactivate(workflow);
	}, 30_000);

	it('leaves no secret in execution data, errors or the log', () => {
		const written = [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');
		expect(executions.length).toBeGreaterThan(8);
		for (const secret of [account().key, WRONG_KEY, WEBHOOK.secret]) expect(written).not.toContain(secret);
	});
});
