import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { fetch } from 'undici';
import { waitUntilRegistered, type Credential, type Execution, type Workflow } from '../../lab/rest.mts';
import { chain, leadwireNode } from '../../lab/workflows.mts';
import { leadsNode, openQueueStage, post, webhookNode, type QueueStage } from './stage.mts';

const LIMIT = { limit: 60, windowMs: 6000 };
const STATED = { limitRate: true, rateLimitRequests: LIMIT.limit, rateLimitSeconds: LIMIT.windowMs / 1000 };
const ITEMS = 300;
const IDEAL_MS = (ITEMS / LIMIT.limit - 1) * LIMIT.windowMs;

/** After two windows without a request a worker has forgotten what it knew of the others. */
const FORGOTTEN_AFTER_MS = 2.2 * LIMIT.windowMs;

/** One vendor as this suite uses it: what creates a record, and what the sandbox saw of it. */
interface Scene {
	credential(stage: QueueStage): Promise<Credential>;
	node(stage: QueueStage): INode;
	/** Says how the sandbox limits, and forgets what it has seen. */
	limit(stage: QueueStage): void;
	/** Times of all accepted requests, in ms. */
	accepted(stage: QueueStage): number[];
	rejected(stage: QueueStage): number;
}

function spara(retryAfter: 'none' | 'seconds'): Scene {
	return {
		credential: async ({ editor, sandbox, sandboxUrl }) =>
			await editor.createCredential('sparaApi', 'Spara', {
				apiKey: sandbox.spara.accounts()[0].key,
				baseUrl: `${sandboxUrl}/spara/v1`,
				...STATED,
			}),
		node: () =>
			leadwireNode('Create', 'spara', 'sparaApi', {
				resource: 'lead',
				operation: 'create',
				leadFields: { email: '={{ $json.email }}' },
			}),
		limit: ({ sandbox }) => {
			sandbox.spara.reset();
			sandbox.spara.limit({ name: 'general', windows: [LIMIT], retryAfter });
		},
		accepted: ({ sandbox }) => sandbox.spara.accepted({ limit: 'general' }),
		rejected: ({ sandbox }) => sandbox.spara.statistics().rejected[429] ?? 0,
	};
}

const leadiosa: Scene = {
	credential: async ({ editor, sandbox, sandboxUrl }) =>
		await editor.createCredential('leadiosaApi', 'Leadiosa', {
			apiKey: sandbox.leadiosa.accounts()[0].tokens[0].key,
			baseUrl: `${sandboxUrl}/leadiosa/api/v1`,
			...STATED,
		}),
	node: ({ sandbox }) =>
		leadwireNode('Create', 'leadiosa', 'leadiosaApi', {
			resource: 'note',
			operation: 'create',
			conversationId: sandbox.leadiosa.conversations()[0].id,
			text: '={{ $json.email }}',
		}),
	limit: ({ sandbox }) => {
		sandbox.leadiosa.reset();
		sandbox.leadiosa.limit({ name: 'general', windows: [LIMIT], mode: 'rolling', retryAfter: 'seconds' });
	},
	accepted: ({ sandbox }) => sandbox.leadiosa.accepted({ limit: 'general' }),
	rejected: ({ sandbox }) => sandbox.leadiosa.statistics().rejected[429] ?? 0,
};

/** What is done with each way in which a server tells that it is full. */
const scenes: Array<[string, Scene]> = [
	['silent', spara('none')],
	['with Retry-After', spara('seconds')],
	['with headers', leadiosa],
];

describe.each([2, 4])('300 creates against 60 per 6 s, stated, by %i workers of n8n 2.40.7', (workers) => {
	let stage: QueueStage;
	beforeAll(async () => (stage = await openQueueStage(workers, 1)), 240_000);
	afterAll(async () => await stage?.close(), 60_000);

	/** Starts one execution in each worker, of two workflows by turns; gives their workflows once all were posted. */
	const start = async (scene: Scene): Promise<Workflow[]> => {
		const { editor, queue } = stage;
		await sleep(FORGOTTEN_AFTER_MS);
		scene.limit(stage);
		const credential = await scene.credential(stage);
		const workflows = await Promise.all(
			[0, 1].map(async (index) => {
				const webhook = webhookNode();
				const nodes = [webhook, leadsNode(), scene.node(stage)];
				const workflow = await editor.createWorkflow(chain(`Leads ${index}`, nodes), [credential]);
				await editor.activate(workflow);
				const url = `${queue.webhookUrl}/webhook/${webhook.webhookId}`;
				await waitUntilRegistered(url);
				return { workflow, url };
			}),
		);
		const perExecution = ITEMS / workers;
		await Promise.all(
			Array.from({ length: workers }, async (_, execution) => {
				const leads = Array.from({ length: perExecution }, (__, index) => ({
					email: `lead-${execution}-${index}@example.com`,
				}));
				await post(workflows[execution % 2].url, { leads });
			}),
		);
		return workflows.map(({ workflow }) => workflow);
	};

	const endings = async (workflows: Workflow[]): Promise<Execution[]> =>
		(
			await Promise.all(
				workflows.map(async (workflow) => await stage.editor.awaitExecutions(workflow, workers / 2)),
			)
		).flat();

	const figures = (name: string, scene: Scene, foreign = { accepted: 0, rejected: 0 }) => {
		const times = scene.accepted(stage);
		const since = times.map((time) => time - times[0]);
		const lastMs = since[since.length - 1];
		const afterFirst = since.filter((time) => time >= LIMIT.windowMs && time < 4 * LIMIT.windowMs).length;
		const result = {
			share: afterFirst / (3 * LIMIT.limit),
			timeRatio: lastMs / IDEAL_MS,
			rejected: scene.rejected(stage) - foreign.rejected,
		};
		console.info(
			`${workers} workers, ${name}: ${(100 * result.share).toFixed(1)} % of the limit in windows 2 to 4, ` +
				`all done in ${result.timeRatio.toFixed(2)} of the limit's own time, ${result.rejected} rejected`,
		);
		return result;
	};

	const expectEachOnce = (executions: Execution[]): void => {
		for (const { data } of executions) {
			expect(data.resultData.error).toBeUndefined();
			const items = data.resultData.runData.Create[0].data?.main[0] ?? [];
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				Array.from({ length: ITEMS / workers }, (_, item) => ({ item })),
			);
		}
	};

	it.each(scenes)(
		'%s',
		async (name, scene) => {
			expectEachOnce(await endings(await start(scene)));
			expect(scene.accepted(stage)).toHaveLength(ITEMS);
			const { share, rejected } = figures(name, scene);
			expect(share).toBeGreaterThan(0.8);
			expect(rejected).toBeLessThanOrEqual(workers * 10);
		},
		150_000,
	);

	it('while a foreign client takes a third', async () => {
		const scene = spara('none');
		const workflows = await start(scene);
		const foreign = { accepted: 0, rejected: 0 };
		let isOver = false;
		const takeThird = (async () => {
			for (; !isOver; await sleep(LIMIT.windowMs / (LIMIT.limit / 3))) {
				const response = await fetch(`${stage.sandboxUrl}/spara/v1/leads?limit=1`, {
					headers: { authorization: `Bearer ${stage.sandbox.spara.accounts()[0].key}` },
				});
				await response.body?.cancel();
				foreign[response.status === 429 ? 'rejected' : 'accepted']++;
			}
		})();
		expectEachOnce(await endings(workflows));
		isOver = true;
		await takeThird;
		expect(Object.values(stage.sandbox.spara.writes({ kind: 'create' }))).toEqual(
			Array.from({ length: ITEMS }, () => 1),
		);
		const { rejected } = figures(
			`silent, a foreign client sent ${foreign.accepted} and was refused ${foreign.rejected} times`,
			scene,
			foreign,
		);
		expect(foreign.accepted).toBeGreaterThan(50);
		expect(rejected).toBeLessThan(ITEMS * 0.15);
	}, 200_000);
});
