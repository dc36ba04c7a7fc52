import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'flatted';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { fetch } from 'undici';
import type { N8nVersion } from '../../lab/n8n.mts';
import { otherPlatforms } from '../../lab/platforms.mts';
import {
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
} from '../../lab/rest.mts';
import { chain, leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';
import { answerSecrets, secretAnswers } from '../../sandbox/activeprospect/secrets.mts';
import { operationCases } from '../node/activeprospect/operationCases.mts';
import { openStage, type Stage } from './stage.mts';

const versions: N8nVersion[] = ['2.40.7', '1.123.81'];
const KEY = 'activeprospect-sandbox-acme';
const WRONG_KEY = 'activeprospect-sandbox-wrong-key';
const SECRET = 'activeprospect-sandbox-acme-webhooks';
const picked = (value: string) => ({ __rl: true, mode: 'id', value });

describe.each(versions)('ActiveProspect on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	const executions: Execution[] = [];
	const activeprospect = () => stage.sandbox.activeprospect;

	const createCredential = async (platform: string, more: IDataObject = {}) => {
		const found = otherPlatforms(stage.sandboxUrl, stage.sandbox).find(({ name }) => name === platform);
		const { type = '', data = {} } = found?.credential ?? {};
		return await stage.editor.createCredential(type, platform, { ...data, ...more });
	};

	/** Runs one operation over the items in a workflow of its own. */
	const execute = async (
		parameters: IDataObject,
		items: IDataObject[] = [{}],
		withCredential = credential,
	) => {
		const node = leadwireNode('ActiveProspect', 'activeProspect', 'activeProspectApi', parameters);
		const workflow = await stage.editor.createWorkflow(manual(items, node), [withCredential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		return execution;
	};

	const outputOf = ({ data }: Execution, node = 'ActiveProspect', output = 0): INodeExecutionData[] =>
		data.resultData.runData[node]?.[0].data?.main[output] ?? [];

	beforeAll(async () => {
		stage = await openStage(version, { N8N_LOG_LEVEL: 'debug' });
		credential = await createCredential('ActiveProspect');
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads the three nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name.replace('n8n-nodes-leadwire.', ''));
		expect(names.filter((name) => name.startsWith('activeProspect')).sort()).toEqual([
			'activeProspect',
			'activeProspectPollingTrigger',
			'activeProspectTool',
			'activeProspectTrigger',
		]);
	});

	it('tests the credential: green with the right key; red with a wrong one, and with a plan that has no API', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		for (const apiKey of [WRONG_KEY, 'activeprospect-sandbox-trial']) {
			const wrong = await createCredential('ActiveProspect', { apiKey });
			expect(await stage.editor.testCredential(wrong)).toMatchObject({
				status: 'Error',
				// n8n 1.x has words of its own.
				message: expect.stringContaining(
					version === '2.40.7' ? 'or its plan has no API access' : 'Authorization failed',
				),
			});
		}
	});

	it('runs every operation', async () => {
		const ran: string[] = [];
		for (const prepare of operationCases(activeprospect())) {
			const { name, parameters, items = [{}], expected } = prepare();
			const [resource, operation] = name.split(': ');
			const execution = await execute({ resource, operation, ...parameters }, items);
			const output = outputOf(execution);
			const error = execution.data.resultData.error?.message;
			expect([name, error, output.map(({ json }) => json)]).toEqual([name, undefined, expected]);
			const inputs = output.map(({ pairedItem }) => (pairedItem as { item: number }).item);
			expect([name, inputs]).toEqual([name, items.length > 1 ? [...items.keys()] : expected.map(() => 0)]);
			ran.push(name);
		}
		const description = (await stage.editor.nodeTypes()).find(
			({ name }) => name === 'n8n-nodes-leadwire.activeProspect',
		);
		const operations = description?.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				options.map(
					(option) => `${displayOptions?.show?.resource?.[0]}: ${(option as { value: string }).value}`,
				),
			)
			.filter((name) => !name.includes('__CUSTOM_API_CALL__'));
		expect(ran.sort()).toEqual(operations?.sort());
	}, 180_000);

	/** The items of both outputs, errors included, whatever becomes of the run. */
	const written = () => [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');

	it('masks every secret that answers hold, in operations and in any request', async () => {
		const read = async (path: string) => await execute({ resource: 'apiRequest', operation: 'send', path });
		const paths = [...Object.keys(secretAnswers), '/reports', '/flows', '/events'];
		const open = await Promise.all(
			paths.map(async (path) => {
				const authorization = `Basic ${Buffer.from(`API:${KEY}`).toString('base64')}`;
				return await (
					await fetch(`${stage.sandboxUrl}/activeprospect${path}`, { headers: { authorization } })
				).text();
			}),
		);
		// What is looked for below is there to be found.
		for (const secret of Object.values(answerSecrets)) expect(open.join('\n')).toContain(secret);
		for (const path of paths) expect(outputOf(await read(path)).length).toBeGreaterThan(0);
		for (const resource of ['event', 'flow', 'report'])
			await execute({ resource, operation: 'getMany', returnAll: true, simplify: false });
		for (const secret of Object.values(answerSecrets)) expect(written()).not.toContain(secret);
	}, 120_000);

	it('fails with the reason and the way out, without the key, in the error output too', async () => {
		const wrong = await createCredential('ActiveProspect', { apiKey: WRONG_KEY });
		const parameters = { resource: 'flow', operation: 'getMany', returnAll: true };
		const { status, data } = await execute(parameters, [{}], wrong);
		expect(status).toBe('error');
		expect(data.resultData.error).toMatchObject({
			httpCode: '401',
			message: expect.stringContaining('authentication failed'),
			description: expect.any(String),
		});
		const node = {
			...leadwireNode('ActiveProspect', 'activeProspect', 'activeProspectApi', {
				resource: 'event',
				operation: 'get',
				eventId: '={{ $json.id }}',
			}),
			onError: 'continueErrorOutput' as const,
		};
		const [event] = activeprospect().events();
		const file = manual([{ id: '66aa10f2c0ffee0000000000' }, { id: event.id }], node);
		const execution = await stage.editor.run(
			await stage.editor.createWorkflow(file, [credential]),
			MANUAL_TRIGGER,
		);
		executions.push(execution);
		expect(outputOf(execution).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(outputOf(execution, node.name, 1)).toMatchObject([
			{ json: { error: expect.stringContaining('event not found') }, pairedItem: { item: 0 } },
		]);
	}, 60_000);

	describe('a workflow moved from LeadConduit', () => {
		/** Routes by what a Switch node of version 3.2 finds equal, else to its fallback. */
		const switchOn = (field: string, values: string[]): INode => ({
			...leadwireNode('Switch', '', '', {}),
			type: 'n8n-nodes-base.switch',
			typeVersion: 3.2,
			credentials: {},
			parameters: {
				rules: {
					values: values.map((value) => ({
						conditions: {
							options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
							conditions: [
								{
									id: value,
									leftValue: `={{ $json.${field} }}`,
									rightValue: value,
									operator: { type: 'string', operation: 'equals' },
								},
							],
							combinator: 'and',
						},
					})),
				},
				options: { fallbackOutput: 'extra' },
			},
		});

		const submit = {
			resource: 'lead',
			operation: 'submit',
			leadData: 'lead',
			flowId: picked('flow_solar'),
			options: { failOnRejection: false },
		};
		/** All that is changed: type, credential, the flow's ID, and the source, which LeadConduit's other API has not. */
		const moved = () => ({
			...submit,
			flowId: picked(activeprospect().flowIds().solar),
			sourceId: picked(activeprospect().entityIds().form),
		});
		const leads = ['TX', 'WA', 'CA'].map((state, row) => ({
			email: `${state.toLowerCase()}@moved.example`,
			firstName: 'Mo',
			lastName: 'Ved',
			phone: '5125550142',
			customFields: { state, reference: `moved-${row}` },
		}));

		it.each([
			['outcome', ['success', 'failure', 'error']],
			['status', ['rejected', 'failed']],
		])(
			'gives the same route by a Switch on %s',
			async (field, values) => {
				const routes = async (node: INode, withCredential: Credential) => {
					const file = manual(leads, node);
					const after = switchOn(field, values);
					const workflow = await stage.editor.createWorkflow(
						{
							...file,
							nodes: [...file.nodes, after],
							connections: {
								...file.connections,
								[node.name]: { main: [[{ node: after.name, type: 'main', index: 0 }]] },
							},
						},
						[withCredential],
					);
					const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
					executions.push(execution);
					expect(execution.data.resultData.error?.message).toBeUndefined();
					return [...values, 'else'].map((_value, output) =>
						outputOf(execution, after.name, output).map(({ json }) => json.email),
					);
				};
				activeprospect().reset();
				stage.sandbox.leadconduit.reset();
				const before = await routes(
					leadwireNode('Submit', 'leadConduit', 'leadConduitApi', submit),
					await createCredential('LeadConduit'),
				);
				expect(before).toContainEqual(['wa@moved.example']);
				expect(before).toContainEqual(['tx@moved.example', 'ca@moved.example']);
				const after = leadwireNode('Submit', 'activeProspect', 'activeProspectApi', moved());
				expect(await routes(after, credential)).toEqual(before);
			},
			60_000,
		);
	});

	describe('the trigger as a recipient step', () => {
		/** Publishes a workflow that begins with the trigger, and adds it to the flow as its recipient step. */
		const publish = async (options: IDataObject, following: INode[] = []): Promise<Workflow> => {
			const trigger = {
				...leadwireNode('Step', 'activeProspectTrigger', 'activeProspectApi', { events: ['*'], options }),
				typeVersion: 1.1,
			};
			const file = chain(`Step ${JSON.stringify(options)}`, [trigger, ...following]);
			const workflow = await stage.editor.createWorkflow(file, [credential]);
			const url = webhookUrl(stage.n8n.url, workflow, trigger.name);
			await stage.editor.activate(workflow);
			await waitUntilRegistered(url);
			activeprospect().reset();
			activeprospect().registerWebhook({
				account: 'acme',
				url,
				authentication: { kind: 'header', name: 'X-LeadConduit-Token', value: SECRET },
			});
			return workflow;
		};
		/** A lead that a visitor sends into the flow; what its recipient step then made of our answer. */
		const leadComes = async (reference: string) => {
			const { solar } = activeprospect().flowIds();
			const { form } = activeprospect().entityIds();
			await fetch(`${stage.sandboxUrl}/activeprospect/flows/${solar}/sources/${form}/submit`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ email: 'ana@shop.example', state: 'TX', reference }),
			});
			const [event] = activeprospect()
				.events()
				.filter(({ type }) => type === 'recipient');
			return event;
		};
		const ended = async (workflow: Workflow) => {
			const runs = await stage.editor.awaitExecutions(workflow, 1);
			executions.push(...runs);
			await stage.editor.deactivate(workflow);
			expect(runs.map(({ status }) => status)).toEqual(['success']);
			return outputOf(runs[0], 'Step');
		};

		it('takes a lead at once; refuses what is not genuine, and runs a repeated one once', async () => {
			const workflow = await publish({});
			const { id, outcome, vars } = await leadComes('step-1');
			expect(outcome).toBe('success');
			const { id: leadId } = vars.lead as IDataObject;
			for (const variant of ['forged', 'unsigned'] as const)
				expect(await activeprospect().emit({ leadId: String(leadId), variant })).toMatchObject([
					{ outcome: 'failure', attempt: { status: 401 } },
				]);
			const again = await activeprospect().emit({ leadId: String(leadId), variant: 'repeated' });
			expect(again).toMatchObject({ status: 200, answer: '{"outcome":"success"}' });
			expect(await ended(workflow)).toMatchObject([
				{
					json: {
						platform: 'activeprospect',
						event: 'lead.delivered',
						eventId: id,
						lead: {
							id: leadId,
							email: 'ana@shop.example',
							customFields: { state: 'TX', reference: 'step-1' },
						},
						data: { flow_name: 'Solar', source_name: 'Web form', price: 18.5 },
					},
				},
			]);
		}, 60_000);

		it('answers with what the user has set', async () => {
			const workflow = await publish({ outcome: 'failure', reason: 'outside territory' });
			expect(await leadComes('step-2')).toMatchObject({ outcome: 'failure', reason: 'outside territory' });
			await ended(workflow);
		}, 60_000);

		it('answers with what the workflow decides', async () => {
			const decide = {
				...leadwireNode('Decide', '', '', {}),
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				credentials: {},
				parameters: {
					mode: 'raw',
					jsonOutput:
						'{ "outcome": "success", "price": 21, "reference": "crm-88", "score": { "tier": "A" } }',
					options: {},
				},
			};
			const workflow = await publish({ respond: 'lastNode' }, [decide]);
			const event = await leadComes('step-3');
			expect(event.outcome).toBe('success');
			const [{ answer = '' }] = activeprospect().deliveries();
			expect(JSON.parse(answer)).toEqual({
				outcome: 'success',
				price: 21,
				reference: 'crm-88',
				score: { tier: 'A' },
			});
			await ended(workflow);
		}, 60_000);

		it('does not start to listen without its secret, and names the field', async () => {
			const without = await createCredential('ActiveProspect', { webhookSecret: '' });
			const trigger = leadwireNode('Step', 'activeProspectTrigger', 'activeProspectApi', { events: ['*'] });
			const workflow = await stage.editor.createWorkflow(chain('No secret', [trigger]), [without]);
			const said = await stage.editor.activate(workflow).then(
				() => undefined,
				(error: Error) => error.message,
			);
			// n8n 2 answers before it registers, and tells of the refusal in the editor only.
			if (version === '1.123.81')
				expect(said).toMatch(/Without \\*"Webhook Secret\\*" every event of ActiveProspect would be refused/);
			const url = webhookUrl(stage.n8n.url, workflow, trigger.name);
			const isTried = () => said !== undefined || /Deactivating webhook.*No secret/.test(stage.n8n.log());
			for (let waits = 0; waits < 200 && !isTried(); waits++) await sleep(100);
			expect(isTried()).toBe(true);
			expect((await fetch(url, { method: 'POST' })).status).toBe(404);
			await stage.editor.deactivate(workflow).catch(() => undefined);
		}, 60_000);
	});

	it('polls for new events, each once, those that came while it was off too', async () => {
		activeprospect().reset();
		/** Once a minute is the most that n8n allows: at a second that comes soon. */
		const second = (new Date().getSeconds() + 12) % 60;
		const trigger = leadwireNode('Events', 'activeProspectPollingTrigger', 'activeProspectApi', {
			event: 'event.source',
			filters: { flowId: activeprospect().flowIds().solar },
			pollTimes: { item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }] },
		});
		const workflow = await stage.editor.createWorkflow(chain('Polled', [trigger]), [credential]);
		const readings = () => activeprospect().statistics().routes['POST /events']?.requests ?? 0;
		activeprospect().seedEvents({ count: 3, from: Date.now() - 60_000 });
		await stage.editor.activate(workflow);
		// The first run looks for the newest event, then at what is there, to the empty page that ends it.
		for (let waits = 0; waits < 100 && readings() < 3; waits++) await sleep(100);
		const come = activeprospect().seedEvents({ count: 2, from: Date.now() });
		await stage.editor.awaitExecutions(workflow, 1);
		await stage.editor.deactivate(workflow);
		come.push(...activeprospect().seedEvents({ count: 1, from: Date.now() }));
		await stage.editor.activate(workflow);
		const runs = await stage.editor.awaitExecutions(workflow, 2);
		await stage.editor.deactivate(workflow);
		executions.push(...runs);
		const found = runs.flatMap((run) => outputOf(run, 'Events'));
		expect(found.map(({ json }) => json.eventId)).toEqual(come);
		expect(found[0].json).toMatchObject({
			platform: 'activeprospect',
			event: 'event.source',
			lead: { email: 'seed.0@shop.example', status: 'accepted' },
			data: { outcome: 'success', flowName: 'Solar' },
		});
	}, 120_000);

	describe('the editor’s lists', () => {
		const ask = async (
			kind: Parameters<typeof stage.editor.fieldChoices>[0],
			methodName: string,
			parameters: IDataObject = {},
		) =>
			await stage.editor.fieldChoices(kind, {
				methodName,
				nodeTypeAndVersion: { name: 'n8n-nodes-leadwire.activeProspect', version: 1 },
				path: 'parameters.flowId',
				currentNodeParameters: parameters,
				credential,
			});

		it('offer flows, the sources of the chosen one, recipients, suppression lists and reports by name', async () => {
			const { solar } = activeprospect().flowIds();
			const { form, crm } = activeprospect().entityIds();
			const names = async (method: string, parameters: IDataObject = {}) => {
				const { results } = (await ask('resource-locator-results', method, parameters)) as {
					results: Array<{ name: string }>;
				};
				return results.map(({ name }) => name);
			};
			expect(await names('searchFlows')).toEqual(['Plain intake', 'Roofing', 'Solar', 'Windows']);
			expect(await names('searchSources', { flowId: picked(solar) })).toEqual([
				'Closed source',
				'Partner',
				'Web form',
			]);
			expect(await names('searchLists')).toEqual(['do not call', 'duplicates']);
			expect(await names('searchReports')).toEqual(['Sources this month']);
			expect(await ask('options', 'getSources')).toContainEqual({ name: 'Web form', value: form });
			expect(await ask('options', 'getRecipients')).toContainEqual({ name: 'CRM', value: crm });
		});

		it('show the fields that the source takes in the mapper', async () => {
			const { fields } = (await ask('resource-mapper-fields', 'getLeadFields', {
				flowId: picked(activeprospect().flowIds().solar),
				sourceId: picked(activeprospect().entityIds().form),
			})) as { fields: Array<{ id: string }> };
			expect(fields.map(({ id }) => id)).toContain('tier_acme');
		});
	});

	it('leaves no secret in execution data, errors or the log', () => {
		expect(executions.length).toBeGreaterThan(40);
		expect(stage.n8n.log()).toMatch(/debug/i);
		// The right key begins like the secret and the wrong one: look for it as a whole word.
		expect(written()).not.toMatch(/activeprospect-sandbox-acme(?!-webhooks)/);
		const basic = Buffer.from(`API:${KEY}`).toString('base64');
		for (const secret of [basic, SECRET, WRONG_KEY, ...Object.values(answerSecrets)])
			expect(written()).not.toContain(secret);
	});
});
