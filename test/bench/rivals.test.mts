import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode } from 'n8n-workflow';
import { fetch } from 'undici';
import { leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';
import { openStage, type Stage } from '../n8n/stage.mts';
import { table, writePart } from './report.mts';

const LIMIT = { limit: 60, windowMs: 6000 };
const LEADS = 240;

/** What one way of sending needs: the node, and what stands in it. */
interface Way {
	name: string;
	node(stage: Stage): INode;
}

function httpRequestNode({ sandbox, sandboxUrl }: Stage, options: IDataObject, settings: IDataObject): INode {
	return {
		id: randomUUID(),
		name: 'Create',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		position: [0, 0],
		parameters: {
			method: 'POST',
			url: `${sandboxUrl}/spara/v1/leads`,
			sendHeaders: true,
			headerParameters: {
				parameters: [{ name: 'Authorization', value: `Bearer ${sandbox.spara.accounts()[0].key}` }],
			},
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ email: $json.email }) }}',
			options,
		},
		...settings,
	} as INode;
}

const ways: Way[] = [
	{ name: 'HTTP Request', node: (stage) => httpRequestNode(stage, {}, {}) },
	{
		name: 'HTTP Request, Retry On Fail (5 times, 5 s apart)',
		node: (stage) => httpRequestNode(stage, {}, { retryOnFail: true, maxTries: 5, waitBetweenTries: 5000 }),
	},
	{
		name: 'HTTP Request, batches of 10 with 1 s between',
		node: (stage) =>
			httpRequestNode(stage, { batching: { batch: { batchSize: 10, batchInterval: 1000 } } }, {}),
	},
	{
		name: 'Spara',
		node: () =>
			leadwireNode('Create', 'spara', 'sparaApi', {
				resource: 'lead',
				operation: 'create',
				leadFields: { email: '={{ $json.email }}' },
			}),
	},
];

let stage: Stage;
beforeAll(async () => (stage = await openStage('2.40.7')), 300_000);
afterAll(async () => await stage?.close(), 30_000);

/** Runs the way in so many executions at once; gives what the sandbox saw of it. */
async function race({ node }: Way, executions: number, foreignPerSecond: number) {
	const { sandbox, sandboxUrl, editor } = stage;
	const { spara } = sandbox;
	spara.reset();
	spara.limit({ name: 'general', windows: [LIMIT], retryAfter: 'none' });
	const { key } = spara.accounts()[0];
	const credential = await editor.createCredential('sparaApi', 'Spara', {
		apiKey: key,
		baseUrl: `${sandboxUrl}/spara/v1`,
		limitRate: true,
		rateLimitRequests: LIMIT.limit,
		rateLimitSeconds: LIMIT.windowMs / 1000,
	});
	const workflows = await Promise.all(
		Array.from({ length: executions }, async (_, execution) => {
			const leads = Array.from({ length: LEADS / executions }, (__, index) => ({
				email: `lead-${execution}-${index}@example.com`,
			}));
			return await editor.createWorkflow(manual(leads, node(stage)), [credential]);
		}),
	);
	let isOver = false;
	const foreign = { accepted: 0, refused: 0 };
	const others = (async () => {
		if (foreignPerSecond === 0) return;
		for (; !isOver; await sleep(1000 / foreignPerSecond)) {
			const headers = { authorization: `Bearer ${key}` };
			const { status, body } = await fetch(`${sandboxUrl}/spara/v1/leads?limit=1`, { headers });
			await body?.cancel();
			foreign[status === 429 ? 'refused' : 'accepted']++;
		}
	})();
	const startedAt = performance.now();
	const ended = await Promise.all(
		workflows.map(async (workflow) => await editor.run(workflow, MANUAL_TRIGGER)),
	);
	const tookMs = performance.now() - startedAt;
	isOver = true;
	await others;
	const created = Object.values(spara.writes({ kind: 'create' }));
	const succeeded = ended.filter(({ data }) => data.resultData.error === undefined).length;
	const accepted = spara.accepted({ limit: 'general' });
	const spanMs = accepted[accepted.length - 1] - accepted[0] + LIMIT.windowMs;
	return {
		done: created.length,
		twice: created.filter((times) => times > 1).length,
		refused: (spara.statistics().rejected[429] ?? 0) - foreign.refused,
		share: accepted.length / ((spanMs / LIMIT.windowMs) * LIMIT.limit),
		green: `${succeeded} of ${executions}`,
		seconds: tookMs / 1000,
	};
}

const cases: Array<[string, number, number]> = [
	['one execution', 1, 0],
	['two executions', 2, 0],
	['one, and a foreign client takes a third', 1, 20 / 6],
];

/** Not a test of anything but that ours does what it promises: writes the table. */
it('creates leads under a limit, beside the HTTP Request node', async () => {
	const rows: Array<Array<string | number>> = [];
	for (const [name, executions, foreignPerSecond] of cases) {
		for (const way of ways) {
			const { done, twice, refused, share, green, seconds } = await race(way, executions, foreignPerSecond);
			rows.push([
				name,
				way.name,
				`${done} of ${LEADS}`,
				twice,
				refused,
				`${(100 * share).toFixed(0)} %`,
				green,
				`${seconds.toFixed(0)} s`,
			]);
			if (way.name === 'Spara')
				expect([done, twice, green]).toEqual([LEADS, 0, `${executions} of ${executions}`]);
		}
	}
	writePart('Creating leads under a rate limit', [
		`${LEADS} leads against a limit of ${LIMIT.limit} requests in ${LIMIT.windowMs / 1000} s whose refusals say nothing but 429, on n8n 2.40.7 and the sandbox. The`,
		"limit is stated in the Spara node's credential; the batches are those that a person would work out from it. The share is that of the",
		'limit between the first request and one window after the last, whoever used it.',
		'',
		...table(
			[
				'',
				'Node',
				'Leads made',
				'Made twice',
				'Requests refused',
				'Limit used',
				'Runs that succeeded',
				'Time',
			],
			rows,
		),
	]);
}, 900_000);
