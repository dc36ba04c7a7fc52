import { chain, leadwireNode } from '../../lab/workflows.mts';
import type { EditorPage } from './editorPage.mts';
import { openBrowserStage, picture, type BrowserStage } from './stage.mts';

let stage: BrowserStage;
let editor: EditorPage;
beforeAll(async () => {
	stage = await openBrowserStage();
	editor = await stage.openEditor();
}, 300_000);
afterAll(async () => await stage?.close(), 60_000);

const secret = 'a secret that only Spara and n8n share';

async function sparaCredential() {
	return await stage.editor.createCredential('sparaApi', 'Spara account', {
		apiKey: stage.sandbox.spara.accounts()[0].key,
		baseUrl: `${stage.sandboxUrl}/spara/v1`,
		receiveEvents: true,
		webhookVerification: 'hmac',
		webhookHeader: 'X-Spara-Signature',
		webhookSecret: secret,
	});
}

it('shows fields to drag from a node that has not run', async () => {
	const read = leadwireNode('Get lead', 'spara', 'sparaApi', { resource: 'lead', operation: 'get' });
	const next = leadwireNode('Create lead', 'spara', 'sparaApi', { resource: 'lead', operation: 'create' });
	const file = chain('Preview', [
		{ ...read, position: [0, 0] },
		{ ...next, position: [240, 0] },
	]);
	const { id } = await stage.editor.createWorkflow(file, [await sparaCredential()]);
	await editor.openWorkflow(id);
	await editor.openNode('Create lead');
	for (const field of ['email', 'firstName', 'phone', 'company'])
		await editor.input.getByText(field, { exact: true }).first().waitFor();
	await picture(editor.page, 'preview');
}, 60_000);

it('explains the trigger in the words of this n8n, and runs on a signed test event', async () => {
	const trigger = leadwireNode('Spara Trigger', 'sparaTrigger', 'sparaApi', { events: ['*'] });
	const [credential] = [await sparaCredential()];
	const workflow = await stage.editor.createWorkflow(chain('Test event', [trigger]), [credential]);
	await editor.openWorkflow(workflow.id);
	expect(await editor.byTestId('canvas-node').first().textContent()).toContain('all events');
	await editor.openNode('Spara Trigger');
	const panel = editor.page.locator('[data-test-id="ndv"]');
	await panel.getByText('When will this node trigger my flow?').click();
	await panel.getByText('click "Execute step"').first().waitFor();
	const words = (await panel.textContent()) ?? '';
	expect(words.match(/A Spara account has one webhook endpoint/g)).toHaveLength(1);
	const button = (await editor.byTestId('node-execute-button').textContent())?.trim();
	expect(button).toBe('Execute step');
	await picture(editor.page, 'trigger');

	await editor.execute();
	await panel
		.getByText(/Listening|Stop Listening/i)
		.first()
		.waitFor();
	const url = `${stage.n8n.url}/webhook-test/${trigger.webhookId}/webhook`;
	stage.sandbox.spara.registerWebhook({
		account: 'acme',
		url,
		authentication: { kind: 'hmac', header: 'X-Spara-Signature', secret, encoding: 'hex', prefix: '' },
	});
	const [forged] = await stage.sandbox.spara.emit({ event: 'lead.created', variant: 'forged' });
	expect(forged.status).toBe(401);
	const [genuine] = await stage.sandbox.spara.emit({ event: 'lead.created' });
	expect(genuine.status).toBe(200);
	await editor.output.getByText('lead.created').first().waitFor();
	await picture(editor.page, 'test-event');
}, 90_000);

it('imports an example from its file and runs it', async () => {
	await editor.newWorkflow();
	await editor.byTestId('workflow-import-input').setInputFiles('examples/spara-new-lead-call.json');
	await editor.page.locator('[data-test-id="canvas-node"][data-node-name="Call lead"]').waitFor();
	await picture(editor.page, 'example-imported');
	await editor.click(editor.byTestId('execute-workflow-button'));
	await editor.page
		.getByText(/Workflow executed successfully|Problem in node/)
		.first()
		.waitFor({ timeout: 30_000 });
	await picture(editor.page, 'example-run');
	const [execution] = await stage.editor.allExecutions();
	expect(execution.status).toBe('success');
}, 90_000);

it('leaves no error of ours in the console', () => {
	expect(editor.errors).toEqual([]);
});
