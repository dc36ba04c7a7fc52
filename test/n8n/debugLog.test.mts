import { webhookUrl, waitUntilRegistered } from '../../lab/rest.mts';
import { leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';
import { fetch } from 'undici';
import { openStage, type Stage } from './stage.mts';

const TOKEN = 'a-token-that-nobody-should-read';

/** What N8N_LOG_LEVEL=debug explains of a slow run, on a real n8n. */
describe('The debug log of n8n 2.40.7', () => {
	let stage: Stage;
	beforeAll(
		async () => (stage = await openStage('2.40.7', { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console' })),
		180_000,
	);
	afterAll(async () => await stage?.close(), 30_000);

	it('tells what waits for what, each retry with its reason, what was learned and what was refused, without a secret', async () => {
		const { editor, sandbox, sandboxUrl, n8n } = stage;
		const { key } = sandbox.spara.accounts()[0];
		const credential = await editor.createCredential('sparaApi', 'Spara', {
			apiKey: key,
			baseUrl: `${sandboxUrl}/spara/v1`,
			receiveEvents: true,
			webhookVerification: 'header',
			webhookSecret: TOKEN,
			webhookHeader: 'x-webhook-token',
		});
		sandbox.spara.limit({
			name: 'general',
			windows: [{ limit: 4, windowMs: 1500 }],
			retryAfter: 'none',
		});
		sandbox.spara.addFault({ method: 'GET', every: 5, fault: { kind: 'status', status: 503 } });
		const items = sandbox.spara
			.leads()
			.slice(0, 12)
			.map(({ id }) => ({ id }));
		const node = leadwireNode('Read leads', 'spara', 'sparaApi', {
			resource: 'lead',
			operation: 'get',
			leadId: '={{ $json.id }}',
		});
		const workflow = await editor.createWorkflow(manual(items, node), [credential]);
		const { data } = await editor.run(workflow, MANUAL_TRIGGER);
		expect(data.resultData.error).toBeUndefined();

		const trigger = leadwireNode('When a lead comes', 'sparaTrigger', 'sparaApi', {});
		const listening = await editor.createWorkflow({ name: 'Events', nodes: [trigger], connections: {} }, [
			credential,
		]);
		await editor.activate(listening);
		const url = webhookUrl(n8n.url, listening, trigger.name);
		await waitUntilRegistered(url);
		const { status } = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"event":"lead.created"}',
		});
		expect(status).toBe(401);

		const log = n8n.log();
		expect(log).toMatch(/Read leads: GET \/leads\/… of item \d+ waits about \d+ m?s /);
		expect(log).toMatch(/Read leads: GET \/leads\/… of item \d+ is sent again in \d+ m?s: .*503/);
		expect(log).toMatch(
			/Read leads: GET \/leads\/… of item \d+ has taught what is now the rate limit "general" \(\d+ in /,
		);
		expect(log).toMatch(/When a lead comes refused a delivery: /);
		for (const secret of [key, TOKEN]) expect(log).not.toContain(secret);
	}, 90_000);
});
