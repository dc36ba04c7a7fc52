import { setTimeout as sleep } from 'node:timers/promises';
import type { INodeExecutionData } from 'n8n-workflow';
import { waitUntilRegistered, webhookUrl, type Execution, type Workflow } from '../../lab/rest.mts';
import { chain, leadwireNode } from '../../lab/workflows.mts';
import { senders } from '../node/webhook/senders.mts';
import { leadsNode, openQueueStage, post, webhookNode, type QueueStage } from './stage.mts';

/** The whole thing is proved at 10,000 by hand: `LEADWIRE_LEADS=10000`. */
const LEADS = Number(process.env.LEADWIRE_LEADS ?? 600);
const PER_EXECUTION = LEADS / 6;

describe('n8n 2.40.7 in queue mode with two workers, PostgreSQL and Redis', () => {
	let stage: QueueStage;
	// What a killed worker was running is given to another one after this time, and not only after a minute.
	const stalled = { QUEUE_WORKER_LOCK_DURATION: '6000', QUEUE_WORKER_STALLED_INTERVAL: '3000' };
	beforeAll(async () => (stage = await openQueueStage(2, 5, stalled)), 180_000);
	afterAll(async () => await stage?.close(), 60_000);

	/** Waits until so many executions have ended, well or not. */
	const untilEnded = async (workflow: Workflow, count: number): Promise<void> => {
		for (let waits = 0; waits < 6000; waits++) {
			const counts = await stage.editor.countExecutions(workflow);
			const isOver = Object.entries(counts).reduce(
				(sum, [status, times]) => sum + (['new', 'running'].includes(status) ? 0 : times),
				0,
			);
			if (isOver >= count) return;
			await sleep(200);
		}
		throw new Error(`${count} executions did not end`);
	};

	it(
		`creates each lead once with an Idempotency Key: ${LEADS} leads, faults, one worker killed, everything run three times`,
		async () => {
			const { editor, queue, sandbox, sandboxUrl } = stage;
			const [{ key }] = sandbox.spara.accounts();
			sandbox.spara.limit({ name: 'general', windows: [] });
			for (const fault of [
				{ kind: 'status', status: 503, body: 'vendor' },
				{ kind: 'reset-before' },
				{ kind: 'reset-after' },
				{ kind: 'status', status: 400, body: 'vendor' },
			] as const)
				sandbox.spara.addFault({ probability: 0.02, fault });
			const credential = await editor.createCredential('sparaApi', 'Spara', {
				apiKey: key,
				baseUrl: `${sandboxUrl}/spara/v1`,
			});
			const create = leadwireNode('Spara', 'spara', 'sparaApi', {
				resource: 'lead',
				operation: 'create',
				leadFields: { email: '={{ $json.email }}' },
				options: { idempotencyKey: '={{ $json.email }}' },
			});
			const webhook = webhookNode();
			const workflow = await editor.createWorkflow(
				chain('Create leads', [webhook, leadsNode(), { ...create, onError: 'continueRegularOutput' }]),
				[credential],
			);
			await editor.activate(workflow);
			const url = `${queue.webhookUrl}/webhook/${webhook.webhookId}`;
			await waitUntilRegistered(url);
			const leads = Array.from({ length: LEADS }, (_, index) => ({ email: `p${index}@once.example` }));
			const runAll = async (): Promise<void> => {
				for (let first = 0; first < LEADS; first += PER_EXECUTION)
					await post(url, { leads: leads.slice(first, first + PER_EXECUTION) });
			};
			// Twice at once, so that two workers have the same keys at the same moment; a worker dies meanwhile.
			await runAll();
			await runAll();
			await sleep(1500);
			await queue.workers[0].kill();
			await queue.addWorker();
			await untilEnded(workflow, 12);
			await runAll();
			await untilEnded(workflow, 18);
			const executions = await editor.awaitExecutions(workflow, 18);

			const times = Object.values(sandbox.spara.writes({ kind: 'create' }));
			expect(times.filter((each) => each > 1)).toEqual([]);
			const outcomes: Record<string, number> = {};
			const itemsOf = ({ data }: Execution): INodeExecutionData[] =>
				data.resultData.runData.Spara?.[0]?.data?.main[0] ?? [];
			for (const { json } of executions.flatMap(itemsOf)) {
				const error = typeof json.error === 'string' ? json.error : undefined;
				const outcome = json.alreadyDone
					? 'already done'
					: error === undefined
						? 'created'
						: error.includes('may have received')
							? 'uncertain'
							: 'not done';
				outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
			}
			console.info(
				`${times.length} of ${LEADS} leads created, none twice; items: ${JSON.stringify(outcomes)}`,
			);
			// Whatever was not created is known by now: not done (to be sent again) or uncertain.
			const last = executions.slice(12).flatMap(itemsOf);
			expect(last).toHaveLength(LEADS);
			expect(times.length).toBeGreaterThan(LEADS * 0.9);
		},
		LEADS > 1000 ? 1_200_000 : 180_000,
	);

	it('tells repeats that two processes get one after another', async () => {
		const { editor, queue } = stage;
		const [sender] = senders;
		const credential = await editor.createCredential(sender.credentialType, 'Events', {
			apiKey: 'none',
			baseUrl: 'https://vendor.example',
			receiveEvents: true,
			...sender.credential,
		});
		const trigger = {
			...leadwireNode('Trigger', sender.type, sender.credentialType, sender.parameters),
			typeVersion: 1.1,
		};
		const workflow = await editor.createWorkflow(chain('Events', [trigger]), [credential]);
		await editor.activate(workflow);
		const second = await queue.addWebhookProcessor();
		const urls = [queue.webhookUrl, second].map((origin) => webhookUrl(origin, workflow, 'Trigger'));
		for (const url of urls) await waitUntilRegistered(url);
		const deliver = async (url: string, id: string): Promise<number> => {
			const { headers, body } = sender.deliver(id);
			const answer = await fetch(url, { method: 'POST', headers, body });
			await answer.text();
			return answer.status;
		};
		const ids = Array.from({ length: 60 }, (_, index) => `event-${index}`);
		for (const [index, id] of ids.entries()) expect(await deliver(urls[index % 2], id)).toBe(200);
		for (const [index, id] of ids.entries()) expect(await deliver(urls[(index + 1) % 2], id)).toBe(200);
		await untilEnded(workflow, 60);
		expect(await editor.countExecutions(workflow)).toEqual({ success: 60 });

		// At the same moment neither can know of the other: this is what the Idempotency Key is for.
		const same = Array.from({ length: 20 }, (_, index) => `same-${index}`);
		for (const id of same) await Promise.all(urls.map(async (url) => await deliver(url, id)));
		await sleep(5000);
		const { success } = await editor.countExecutions(workflow);
		console.info(
			`delivered to two processes at the same moment: ${success - 60 - same.length} of ${same.length} ran twice`,
		);
	}, 300_000);
});
