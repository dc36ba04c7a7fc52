import { readFileSync } from 'node:fs';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { SparkLoopTrigger } from '../../../nodes/SparkLoop/SparkLoopTrigger.node';
import { startSandbox } from '../../../sandbox/server.mts';
import { startReceiver } from '../../unit/sandbox/receiver.mts';
import { runWorkflow } from '../engine/run.mts';
import { deliver } from '../engine/webhook.mts';

const example = JSON.parse(readFileSync('examples/referral-thank-you.json', 'utf8'));
/** The engine has no node of n8n's own but these: where failed items go does nothing in it, and nor do notes. */
const inEngine = (node: INode): INode =>
	/^n8n-nodes-base\.(set|stickyNote)$/.test(node.type) ? { ...node, type: 'n8n-nodes-base.noOp' } : node;
const [triggerNode, ...rest] = (example.nodes as INode[]).map(inEngine);

/** The engine alone starts no webhook node: what the trigger gave is pinned to one that it starts. */
const startedByHand = { ...triggerNode, type: 'n8n-nodes-base.manualTrigger', parameters: {} };

it('brings a partner referral to Spara and thanks for it', async () => {
	const { url, sandbox, close } = await startSandbox({ port: 0 });
	const receiver = await startReceiver();
	try {
		const [account] = sandbox.sparkloop.accounts();
		const authentication = { kind: 'header' as const, name: 'SparkLoop-Token', value: account.webhookToken };
		sandbox.sparkloop.registerWebhook({ account: account.id, url: receiver.url, authentication });
		const [{ headers, body }] = await sandbox.sparkloop.emit({
			event: 'new_partner_referral',
			subscriber: 'reader-1@news.example',
		});

		const credentials = {
			sparaApi: { apiKey: sandbox.spara.accounts()[0].key, baseUrl: `${url}/spara/v1` },
			sparkLoopApi: {
				apiKey: account.key,
				baseUrl: `${url}/sparkloop/v2`,
				webhookToken: account.webhookToken,
			},
		};
		const credentialTypes = [new SparaApi(), new SparkLoopApi()];
		const trigger = new SparkLoopTrigger();
		const { workflowData } = await deliver({
			trigger,
			parameters: triggerNode.parameters,
			credentials,
			credentialTypes,
			headers,
			rawBody: Buffer.from(body),
		});
		const { status, error, runData } = await runWorkflow({
			workflow: {
				...example,
				nodes: [startedByHand, ...rest],
				pinData: { 'SparkLoop Trigger': workflowData?.[0] as INodeExecutionData[] },
			},
			nodeTypes: {
				'n8n-nodes-leadwire.spara': new Spara(),
				'n8n-nodes-leadwire.sparkLoop': new SparkLoop(),
			},
			credentials,
			credentialTypes,
		});

		expect({ status, error }).toEqual({ status: 'success', error: undefined });
		const { uuid } = sandbox.sparkloop.subscriber({ identifier: 'reader-1@news.example' });
		const lead = runData['Create or update lead'][0].data?.main[0]?.[0].json;
		expect(lead).toMatchObject({ platform: 'spara', email: 'reader-1@news.example', created: true });
		expect(sandbox.sparkloop.events()).toEqual([
			expect.objectContaining({ subscriber_uuid: uuid, descripton: 'Thank you for the referral' }),
		]);
	} finally {
		await receiver.close();
		await close();
	}
});
