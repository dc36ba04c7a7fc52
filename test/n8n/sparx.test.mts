import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { fetch } from 'undici';
import type { N8nVersion } from '../../lab/n8n.mts';
import {
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
} from '../../lab/rest.mts';
import { accounts } from '../../sandbox/sparx/accounts.mts';
import { dialects } from '../../sandbox/sparx/settings.mts';
import { sequences, type Sequence, type Step } from '../node/sparx/steps.mts';
import { openStage, type Stage } from './stage.mts';
import { chain, leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';

const [{ keys }] = accounts;
const n8nVersions: N8nVersion[] = ['2.40.7', '1.123.81'];
const WRONG_KEY = 'sk_live_wrongkey_abcdefghijklmnopqrstuvwxyz234567';

/** Once a minute is the most that n8n allows: at the second that comes `seconds` from now. */
const soon = (seconds: number) => {
	const second = (new Date().getSeconds() + seconds) % 60;
	return { item: [{ mode: 'custom', cronExpression: `${second} * * * * *` }] };
};

/** Stores a workflow's nodes anew, as the editor does on saving; the workflow is then to be activated again. */
async function save({ n8n, editor }: Stage, workflow: Workflow): Promise<Workflow> {
	const call = async (method: string, path: string, body: object, cookie = '') =>
		await fetch(n8n.url + path, {
			method,
			headers: { 'content-type': 'application/json', cookie },
			body: JSON.stringify(body),
		});
	const { email, password } = editor;
	const login = await call('POST', '/rest/login', { email, emailOrLdapLoginId: email, password });
	const cookie = login.headers.getSetCookie()[0].split(';')[0];
	const { nodes, connections, name, versionId } = workflow;
	const answer = await call(
		'PATCH',
		`/rest/workflows/${workflow.id}`,
		{ nodes, connections, name, versionId },
		cookie,
	);
	const { data } = (await answer.json()) as { data: Workflow };
	return data;
}

/** n8n 2 registers triggers a while after it has answered. */
async function eventually(check: () => void | Promise<void>): Promise<void> {
	for (let tries = 0; ; tries++) {
		try {
			return await check();
		} catch (error) {
			if (tries === 150) throw error;
			await sleep(100);
		}
	}
}

describe.each(n8nVersions)('Sparx on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	let adminCredential: Credential;
	const executions: Execution[] = [];

	const sparx = () => stage.sandbox.sparx;
	const createCredential = async (apiKey: string, more: IDataObject = {}) =>
		await stage.editor.createCredential('sparxApi', 'Sparx', {
			apiKey,
			baseUrl: `${stage.sandboxUrl}/sparx/v1`,
			...more,
		});

	/** The sandbox as it begins, in one of Sparx's versions. */
	const become = (dialect: (typeof dialects)[number]) => {
		sparx().reset();
		sparx().limit({ name: 'general' });
		sparx().configure({ dialect });
	};

	/** Runs the steps one after another in one workflow; one that fails lets the others go on. */
	const run = async (name: string, { items = [{}], role, steps }: Sequence) => {
		const nodes = steps.map(({ name: node, resource, operation, parameters, isForEach }) => ({
			...leadwireNode(node, 'sparx', 'sparxApi', { resource, operation, ...parameters }),
			executeOnce: !isForEach,
			alwaysOutputData: true,
			onError: 'continueRegularOutput' as const,
		}));
		const start = manual(items, nodes[0]);
		const file = { ...start, ...chain(name, [start.nodes[0], ...nodes]) };
		const workflow = await stage.editor.createWorkflow(file, [role ? adminCredential : credential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		expect(execution.data.resultData.error).toBeUndefined();
		return ({ name: node }: Step): INodeExecutionData[] =>
			execution.data.resultData.runData[node][0].data?.main[0] ?? [];
	};

	beforeAll(async () => {
		stage = await openStage(version);
		sparx().limit({ name: 'general' });
		credential = await createCredential(keys.editor);
		adminCredential = await createCredential(keys.admin);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads its nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name.replace('n8n-nodes-leadwire.', ''));
		expect(names.filter((name) => name.startsWith('sparx')).sort()).toEqual([
			'sparx',
			'sparxPollingTrigger',
			'sparxTool',
			'sparxTrigger',
		]);
	});

	it('tests the credential: green with the right key, red with a wrong one', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await stage.editor.testCredential(await createCredential(WRONG_KEY))).toMatchObject({
			status: 'Error',
		});
	});

	describe.each(dialects)('every operation, dialect %s', (dialect) => {
		const isNewer = dialect === 'newer';
		beforeAll(() => become(dialect));

		it.each(Object.entries(sequences))('%s', async (name, sequence) => {
			const outputOf = await run(name, sequence);
			const given = sequence.steps.map((step) => {
				const outputs = outputOf(step);
				const inputs = step.isForEach ? (sequence.items ?? [{}]) : [{}];
				// Each item is linked to the one that it came from.
				if (outputs.length === inputs.length)
					expect(outputs.map(({ pairedItem }) => [pairedItem].flat()[0])).toMatchObject(
						inputs.map((_, item) => ({ item })),
					);
				else expect(outputs.every(({ pairedItem }) => pairedItem !== undefined)).toBe(true);
				return { [step.name]: outputs[0]?.json };
			});
			expect(given).toEqual(
				sequence.steps.map(({ name: step, gives, givesOnNewer = gives }) => ({
					[step]: expect.objectContaining(isNewer ? givesOnNewer : gives),
				})),
			);
		});

		it('left no trace of what was deleted, and sent back the money that was asked for, no more', () => {
			const living = sparx()
				.customers()
				.filter(({ deletedAt }) => !deletedAt);
			expect(living.map(({ email }) => email)).not.toContain('twin@example.com');
			expect(living.find(({ email }) => email === 'ada@example.com')).toMatchObject({ tags: ['vip', 'eu'] });
			expect(sparx().subscriptions()).toEqual([]);
			expect(sparx().moneySentBack()).toBe(isNewer ? 2 : 0);
		});
	});

	it('has no operation that is not among these', async () => {
		const description = (await stage.editor.nodeTypes()).find(
			({ name }) => name === 'n8n-nodes-leadwire.sparx',
		);
		const operations = description?.properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ displayOptions, options = [] }) =>
				options.map(
					(option) => `${displayOptions?.show?.resource?.[0]}: ${(option as { value: string }).value}`,
				),
			);
		const ran = Object.values(sequences)
			.flatMap(({ steps }) => steps)
			.map(({ resource, operation }) => `${resource}: ${operation}`);
		expect([...new Set(ran)].sort()).toEqual(
			operations?.filter((name) => !name.includes('__CUSTOM_API_CALL__')).sort(),
		);
	});

	it.each(dialects)('fails with the reason and the way out, dialect %s', async (dialect) => {
		become(dialect);
		const orderId = '00000000-0000-4000-8000-000000000000';
		const node = leadwireNode('Sparx', 'sparx', 'sparxApi', { resource: 'order', operation: 'get', orderId });
		const workflow = await stage.editor.createWorkflow(manual([{}], node), [credential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error).toMatchObject({
			httpCode: '404',
			message: expect.stringContaining('Order not found'),
		});
	});

	describe.each(['observed', 'newer'] as const)('triggers, dialect %s', (dialect) => {
		/** An event that only build B knows: an older one would refuse the whole subscription. */
		const ofBuild = dialect === 'newer' ? ['inventory.low'] : [];
		beforeAll(() => become(dialect));

		describe('the trigger that registers itself', () => {
			let workflow: Workflow;
			const own = () =>
				sparx()
					.subscriptions()
					.filter(({ url }) => url.includes('127.0.0.1') || url.includes('localhost'));
			const activate = async () => {
				await stage.editor.activate(workflow);
				await waitUntilRegistered(webhookUrl(stage.n8n.url, workflow, 'Sparx Trigger'));
			};

			beforeAll(async () => {
				const trigger = leadwireNode('Sparx Trigger', 'sparxTrigger', 'sparxApi', {
					events: ['redirect.added', ...ofBuild],
				});
				workflow = await stage.editor.createWorkflow(chain('Registered', [trigger]), [adminCredential]);
			});

			it('leaves exactly one subscription when it is activated again, and never touches a foreign one', async () => {
				const foreign = sparx().subscribe({ url: 'https://elsewhere.example/hook' });
				await activate();
				await eventually(() => expect(own()).toHaveLength(1));
				await stage.editor.deactivate(workflow);
				await eventually(() => expect(own()).toEqual([]));
				await activate();
				await eventually(() =>
					expect(own()).toMatchObject([{ events: ['redirect.added', ...ofBuild], active: true }]),
				);
				expect(
					sparx()
						.subscriptions()
						.find(({ id }) => id === foreign.id),
				).toEqual(foreign);
			}, 60_000);

			it('runs genuine deliveries once, and nothing else', async () => {
				const emit = async (
					variant: 'genuine' | 'forged' | 'tampered' | 'unsigned' | 'repeated',
					event = 'redirect.added',
				) => (await sparx().emit({ event, variant })).map(({ status }) => status);
				expect(await emit('forged')).toEqual([401]);
				expect(await emit('tampered')).toEqual([401]);
				expect(await emit('unsigned')).toEqual([401]);
				expect(await emit('genuine')).toEqual([200]);
				expect(await emit('repeated')).toEqual([200]);
				const [other = 'redirect.added'] = ofBuild;
				expect(await emit('genuine', other)).toEqual([200]);
				const runs = await stage.editor.awaitExecutions(workflow, 2);
				executions.push(...runs);
				const seen = runs.map(
					({ data }) => data.resultData.runData['Sparx Trigger'][0].data?.main[0]?.[0].json,
				);
				expect(seen).toMatchObject([{ platform: 'sparx', event: 'redirect.added' }, { event: other }]);
				expect(seen[0]?.eventId).not.toBe(seen[1]?.eventId);
				expect(await stage.editor.executions(workflow)).toHaveLength(2);
			}, 60_000);

			it('heals a lost subscription, and changes the events of one when they are edited', async () => {
				await stage.editor.deactivate(workflow);
				await eventually(() => expect(own()).toEqual([]));
				const url = webhookUrl(stage.n8n.url, workflow, 'Sparx Trigger');
				const orphan = sparx().subscribe({ url, events: ['media.uploaded'] });
				await activate();
				await eventually(() => expect(own().map(({ id }) => id !== orphan.id)).toEqual([true]));

				workflow.nodes[0].parameters = {
					...workflow.nodes[0].parameters,
					events: ['media.uploaded', 'redirect.removed'],
				};
				workflow = { ...workflow, ...(await save(stage, workflow)) };
				await activate();
				await eventually(() =>
					expect(own()).toMatchObject([{ events: ['media.uploaded', 'redirect.removed'] }]),
				);
				// n8n stores the new secret a moment after Sparx has made the subscription.
				await eventually(async () =>
					expect((await sparx().emit({ event: 'media.uploaded' })).map(({ status }) => status)).toEqual([
						200,
					]),
				);
				await stage.editor.awaitExecutions(workflow, 3);
			}, 60_000);

			it('says why an API key cannot register it', async () => {
				const trigger = leadwireNode('Sparx Trigger', 'sparxTrigger', 'sparxApi', { events: ['*'] });
				const refused = await stage.editor.createWorkflow(chain('Refused', [trigger]), [credential]);
				const forbidden = () => sparx().statistics().rejected['403'] ?? 0;
				const before = forbidden();
				const said = await stage.editor.activate(refused).then(
					() => undefined,
					(error: Error) => error.message,
				);
				await eventually(() => expect(forbidden()).toBeGreaterThan(before));
				// n8n 2 answers before it registers, and tells of the refusal in the editor only.
				if (version === '1.123.81')
					expect(said).toMatch(/lets only admins manage webhook subscriptions.*Made by an Admin/);
				expect(
					sparx()
						.subscriptions()
						.map(({ name }) => name),
				).not.toContain('n8n: Refused');
			}, 30_000);
		});

		it('receives through a subscription that an admin made', async () => {
			const trigger = leadwireNode('Sparx Trigger', 'sparxTrigger', 'sparxApi', {
				registration: 'manual',
				events: ['*'],
			});
			const url = `${stage.n8n.url}/webhook/${trigger.webhookId}/webhook`;
			const { secret, id } = sparx().subscribe({ url });
			const manualCredential = await createCredential(keys.editor, { signingSecret: secret });
			const workflow = await stage.editor.createWorkflow(chain('By an admin', [trigger]), [manualCredential]);
			await stage.editor.activate(workflow);
			await waitUntilRegistered(url);
			await sparx().emit({ event: 'content.entry.created', data: { entryId: 'e1' } });
			const [run] = await stage.editor.awaitExecutions(workflow, 1);
			expect(run.data.resultData.runData['Sparx Trigger'][0].data?.main[0]?.[0].json).toMatchObject({
				event: 'content.entry.created',
				data: { entryId: 'e1' },
			});
			await stage.editor.deactivate(workflow);
			expect(
				sparx()
					.subscriptions()
					.map((subscription) => subscription.id),
			).toContain(id);
		}, 60_000);

		it('polls for new orders, each once', async () => {
			const trigger = leadwireNode('Orders', 'sparxPollingTrigger', 'sparxApi', {
				event: 'order.created',
				pollTimes: soon(12),
			});
			const workflow = await stage.editor.createWorkflow(chain('Polled', [trigger]), [credential]);
			const root = dialect === 'newer' ? '/orders' : '/crm/orders';
			const readings = () => sparx().statistics().routes[`GET ${root}`]?.requests ?? 0;
			const before = readings();
			await stage.editor.activate(workflow);
			// The first run looks for the newest order, then at what is there.
			await eventually(() => expect(readings()).toBeGreaterThan(before + 1));
			const order = { customerId: sparx().customers()[0].id, items: [{ sku: 'A', name: 'A' }] };
			const placed = [await sparx().placeOrder({ order }), await sparx().placeOrder({ order })];
			await stage.editor.awaitExecutions(workflow, 1);
			await stage.editor.deactivate(workflow);
			// What comes in while the workflow is off is found when it is on again, and nothing else.
			placed.push(await sparx().placeOrder({ order }));
			await stage.editor.activate(workflow);
			const runs = await stage.editor.awaitExecutions(workflow, 2);
			executions.push(...runs);
			const found = runs.flatMap(({ data }) => data.resultData.runData.Orders[0].data?.main[0] ?? []);
			expect(found.map(({ json }) => (json.data as IDataObject).id)).toEqual(placed.map(({ id }) => id));
			await stage.editor.deactivate(workflow);
		}, 60_000);
	});

	it('leaves no secret in execution data, errors or the log', () => {
		const written = [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');
		for (const secret of [keys.editor, keys.admin, WRONG_KEY]) expect(written).not.toContain(secret);
	});
});
