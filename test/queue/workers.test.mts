import { waitUntilRegistered } from '../../lab/rest.mts';
import { chain, leadwireNode } from '../../lab/workflows.mts';
import { leadsNode, openQueueStage, post, webhookNode, type QueueStage } from './stage.mts';

describe('n8n 2.40.7 in queue mode with two workers', () => {
	let stage: QueueStage;
	beforeAll(async () => (stage = await openQueueStage(2, 1)), 180_000);
	afterAll(async () => await stage?.close(), 60_000);

	it('runs our node in a worker when the webhook processor gets a request', async () => {
		const { editor, queue, sandbox, sandboxUrl } = stage;
		const [{ key }] = sandbox.spara.accounts();
		const credential = await editor.createCredential('sparaApi', 'Spara', {
			apiKey: key,
			baseUrl: `${sandboxUrl}/spara/v1`,
		});
		const webhook = webhookNode();
		const workflow = await editor.createWorkflow(
			chain('Create leads', [
				webhook,
				leadsNode(),
				leadwireNode('Spara', 'spara', 'sparaApi', {
					resource: 'lead',
					operation: 'create',
					leadFields: { email: '={{ $json.email }}' },
				}),
			]),
			[credential],
		);
		await editor.activate(workflow);
		const url = `${queue.webhookUrl}/webhook/${webhook.webhookId}`;
		await waitUntilRegistered(url);
		await post(url, { leads: [{ email: 'one@example.com' }, { email: 'two@example.com' }] });
		const [execution] = await editor.awaitExecutions(workflow, 1);
		expect(execution.data.resultData.error).toBeUndefined();
		expect(execution.data.resultData.runData.Spara[0].data?.main[0]).toHaveLength(2);
		expect(Object.values(sandbox.spara.writes({ kind: 'create' }))).toEqual([1, 1]);
		const workerLogs = queue.workers.map(({ log }) => log()).join('');
		expect(workerLogs).toContain(`Worker started execution ${execution.id}`);
	}, 90_000);
});
