import { sleep, type INode } from 'n8n-workflow';
import { call, leadNode, node, startVendor, vendorApi } from './fixtures.mts';
import { engineLog } from './host.mts';
import { runNode, runWorkflow, type NodeRun } from './run.mts';

let vendor: Awaited<ReturnType<typeof startVendor>>;
beforeEach(async () => {
	vendor = await startVendor();
});
afterEach(async () => await vendor.close());

const type = 'n8n-nodes-test.lead';
const emails = (...values: string[]) => values.map((email) => ({ email }));

const run = async (request: Partial<NodeRun> = {}, apiKey = 'good-key') =>
	await runNode({
		node: leadNode,
		type,
		parameters: { email: '={{ $json.email }}' },
		items: emails('ada@example.com'),
		credentials: { vendorApi: { apiKey, baseUrl: vendor.baseUrl } },
		credentialTypes: [vendorApi],
		...request,
	});

async function until(condition: () => boolean) {
	for (let waits = 0; waits < 200 && !condition(); waits++) await sleep(5);
	expect(condition()).toBe(true);
}

describe('items', () => {
	it('resolves expressions per item, authenticates, and keeps the item links', async () => {
		const { items, linkedInputs, status, error } = await run({
			items: emails('ada@example.com', 'bob@example.com'),
		});

		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		expect(items).toEqual([
			{ json: { id: 'lead of ada@example.com' }, pairedItem: { item: 0 } },
			{ json: { id: 'lead of bob@example.com' }, pairedItem: { item: 1 } },
		]);
		expect(linkedInputs).toEqual(emails('ada@example.com', 'bob@example.com'));
		expect(vendor.seen.authorization).toEqual(['Bearer good-key', 'Bearer good-key']);
	});

	it('tells where n8n cannot follow a link', async () => {
		const unlinked = node(async () => [[{ json: { n: 1 } }, { json: { n: 2 } }, { json: { n: 3 } }]]);
		const { items, linkedInputs } = await run({
			node: unlinked,
			parameters: {},
			items: emails('a@x', 'b@x'),
		});

		expect(items).toHaveLength(3);
		expect(linkedInputs).toEqual([null, null, null]);
	});

	it('records hints and the time the node took', async () => {
		const slow = node(async function () {
			await sleep(30);
			this.addExecutionHints({ message: 'Slow today', location: 'outputPane' });
			return [this.getInputData()];
		});
		const { hints, durationMs } = await run({ node: slow, parameters: {} });

		expect(hints).toEqual([{ message: 'Slow today', location: 'outputPane' }]);
		expect(durationMs).toBeGreaterThanOrEqual(29);
		expect(durationMs).toBeLessThan(1000);
	});
});

describe('failures', () => {
	const mixed = emails('ada@example.com', 'bad@example.com', 'cyd@example.com');

	it('stops at the first failed item by default', async () => {
		const { status, error, items } = await run({ items: mixed });

		expect(status).toBe('error');
		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '422' });
		expect(items).toEqual([]);
		expect(vendor.seen.requests).toBe(2);
	});

	it('continues on the regular output', async () => {
		const settings = { onError: 'continueRegularOutput' as const };
		const { status, items, errorItems } = await run({ items: mixed, settings });

		expect(status).toBe('success');
		expect(items.map(({ json }) => json.error ?? json.id)).toEqual([
			'lead of ada@example.com',
			'Refused',
			'lead of cyd@example.com',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		expect(errorItems).toEqual([]);
	});

	it('routes failed items to the error output, with the input merged in and linked', async () => {
		const { items, errorItems, linkedErrorInputs, linkedInputs } = await run({
			items: mixed,
			settings: { onError: 'continueErrorOutput' },
		});

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(linkedInputs).toEqual(emails('ada@example.com', 'cyd@example.com'));
		expect(errorItems).toMatchObject([
			{ json: { email: 'bad@example.com', error: 'Refused' }, pairedItem: { item: 1 } },
		]);
		expect(linkedErrorInputs).toEqual(emails('bad@example.com'));
	});

	it('reports what a node threw although On Error let the execution go on', async () => {
		const broken = node(async () => {
			throw new Error('Broken');
		});
		const settings = { onError: 'continueRegularOutput' as const };
		const { status, error } = await run({ node: broken, parameters: {}, settings });

		expect(status).toBe('success');
		expect(error?.message).toBe('Broken');
	});

	it('re-runs the whole node, all items, with Retry On Fail', async () => {
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const { status } = await run({ items: emails('ada@example.com', 'bad@example.com'), settings });

		expect(status).toBe('error');
		expect(vendor.seen.requests).toBe(6);
	});

	it('ends well when a retry succeeds', async () => {
		let tries = 0;
		const flaky = node(async function () {
			if (++tries === 1) throw new Error('First try');
			return [this.getInputData()];
		});
		const settings = { retryOnFail: true, waitBetweenTries: 1 };
		const { status, items } = await run({ node: flaky, parameters: {}, settings });

		expect({ status, tries, items: items.length }).toEqual({ status: 'success', tries: 2, items: 1 });
	});

	it('shows a refused key as n8n does, which asks twice', async () => {
		const { error } = await run({}, 'bad-key');

		expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401' });
		expect(vendor.seen.authorization).toEqual(['Bearer bad-key', 'Bearer bad-key']);
	});

	it('names an unreachable host', async () => {
		const credentials = { vendorApi: { apiKey: 'good-key', baseUrl: vendor.baseUrl } };
		await vendor.close();
		const { error } = await run({ credentials });

		expect(JSON.stringify(error)).toContain('ECONNREFUSED');
	});

	it('refuses a workflow with an empty required parameter before anything runs', async () => {
		const { status, error } = await run({ parameters: { email: '' } });

		expect(status).toBe('error');
		expect(error?.name).toBe('WorkflowHasIssuesError');
		expect(vendor.seen.requests).toBe(0);
	});

	it('fills in the defaults of a credential, and refuses a node without its own', async () => {
		const secret = node(async function () {
			return [[{ json: { ...(await this.getCredentials('vendorApi')) } }]];
		});
		const filledIn = await run({ node: secret, parameters: {}, credentials: { vendorApi: { apiKey: 'k' } } });
		const missing = await run({ node: secret, parameters: {}, credentials: {} });

		expect(filledIn.items[0].json).toEqual({
			apiKey: 'k',
			baseUrl: 'https://vendor.example',
			webhookSecret: 'default-secret',
		});
		expect(missing.error?.message).toBe('Node does not require credentials');
	});
});

describe('executions', () => {
	it('run side by side in one process', async () => {
		const runs = await Promise.all(
			['a', 'b', 'c', 'd'].map(async (letter) => await run({ items: emails(`${letter}@1`, `${letter}@2`) })),
		);

		expect(runs.map(({ items }) => items.map(({ json }) => json.id))).toEqual(
			['a', 'b', 'c', 'd'].map((letter) => [`lead of ${letter}@1`, `lead of ${letter}@2`]),
		);
	});

	it('have an ID of their own unless given one', async () => {
		const identity = node(async function () {
			return [[{ json: { id: this.getExecutionId() } }]];
		});
		const idOf = async (executionId?: string) =>
			(await run({ node: identity, parameters: {}, executionId })).items[0].json.id;

		expect(await idOf('mine')).toBe('mine');
		expect(await idOf()).not.toBe(await idOf());
	});

	it('stop when cancelled, in the middle of a request', async () => {
		const controller = new AbortController();
		const stuck = node(async function () {
			await call(this, 'GET', '/slow');
			throw new Error('Never reached');
		});
		const execution = run({ node: stuck, parameters: {}, signal: controller.signal });
		await until(() => vendor.seen.requests === 1);
		controller.abort();
		const { status, items, error } = await execution;
		await until(() => vendor.seen.abandoned === 1);

		expect(items).toEqual([]);
		expect(error?.message).not.toBe('Never reached');
		expect(status).toBe('canceled');
		expect(vendor.seen.requests).toBe(1);
	});

	it('do nothing when cancelled beforehand', async () => {
		const { status } = await run({ signal: AbortSignal.abort() });

		expect(status).toBe('canceled');
		expect(vendor.seen.requests).toBe(0);
	});

	it('show all they log', async () => {
		const talker = node(async function () {
			this.logger.warn('Hear this', { item: 1 });
			return [[]];
		});
		await run({ node: talker, parameters: {} });

		expect(engineLog).toContainEqual({ level: 'warn', message: 'Hear this', metadata: { item: 1 } });
	});
});

it('runs a whole workflow, loops included', async () => {
	const counter = node(async function () {
		const round = this.getInputData()[0].json.round as number;
		return [
			[{ json: { round: round + 1, runIndex: this.evaluateExpression('{{ $runIndex }}', 0) as number } }],
		];
	});
	const gate = node(async function () {
		const items = this.getInputData();
		return (items[0].json.round as number) < 3 ? [items, []] : [[], items];
	});
	gate.description.outputs = ['main', 'main'];
	const placed = (name: string, nodeType: string, x: number): INode => ({
		id: name,
		name,
		type: nodeType,
		typeVersion: 1,
		position: [x, 0],
		parameters: {},
	});
	const to = (target: string) => [{ node: target, type: 'main' as const, index: 0 }];
	const { status, runData } = await runWorkflow({
		nodeTypes: { 'test.counter': counter, 'test.gate': gate },
		workflow: {
			nodes: [
				placed('Start', 'n8n-nodes-base.manualTrigger', 0),
				placed('Counter', 'test.counter', 200),
				placed('Gate', 'test.gate', 400),
				placed('End', 'n8n-nodes-base.noOp', 600),
			],
			connections: {
				Start: { main: [to('Counter')] },
				Counter: { main: [to('Gate')] },
				Gate: { main: [to('Counter'), to('End')] },
			},
			pinData: { Start: [{ json: { round: 0 } }] },
		},
	});

	expect(status).toBe('success');
	expect(runData.Counter.map(({ data }) => data!.main[0]![0].json.runIndex)).toEqual([0, 1, 2]);
	expect(runData.End).toHaveLength(1);
});
