import type { EditorPage } from './editorPage.mts';
import { openBrowserStage, picture, type BrowserStage } from './stage.mts';

let stage: BrowserStage;
let editor: EditorPage;
beforeAll(async () => {
	stage = await openBrowserStage();
	editor = await stage.openEditor();
}, 300_000);
afterAll(async () => await stage?.close(), 60_000);

const key = () => stage.sandbox.spara.accounts()[0].key;

async function add(node: string, action: string): Promise<void> {
	await editor.newWorkflow();
	await editor.openNodePanel();
	await editor.search(node.toLowerCase());
	await editor.openActions(node);
	await editor.unfoldActions();
	await editor.addAction(action);
}

it('takes at most nine clicks and three typed values from an empty workflow to the first leads', async () => {
	await add('Spara', 'Search leads');
	await editor.connect();
	await editor.fillCredential('apiKey', key());
	await editor.fillCredential('baseUrl', `${stage.sandboxUrl}/spara/v1`);
	await editor.saveCredential();
	// n8n 2.40 closes the window by itself once the test of the credential has passed.
	await editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	await editor.execute();
	await editor.output.getByText('firstName').first().waitFor();
	process.stderr.write(`to the first leads: ${editor.clicks} clicks, ${editor.typed} typed values\n`);
	expect(editor.clicks).toBeLessThanOrEqual(9);
	expect(editor.typed).toBeLessThanOrEqual(3);
}, 120_000);

it('picks a lead from the list and reads it', async () => {
	await add('Spara', 'Get lead');
	await editor.openPicker('leadId');
	await editor.page.keyboard.type('turing');
	await editor.byTestId('rlc-item').filter({ hasText: 'Turing' }).first().waitFor();
	await picture(editor.page, 'picker');
	await editor.click(editor.byTestId('rlc-item').filter({ hasText: '@' }).first());
	await editor.execute();
	await editor.output.getByText('contoso.example').first().waitFor();
	await picture(editor.page, 'output');
}, 60_000);

it('turns a credential red in our words, then green; webhook fields wait behind a switch', async () => {
	await add('SparkLoop', 'Get many subscribers');
	await editor.connect();
	expect(await editor.byTestId('webhookToken').count()).toBe(0);
	await editor.switchCredential('receiveEvents');
	await editor.byTestId('webhookToken').waitFor();
	await editor.fillCredential('apiKey', stage.sandbox.sparkloop.accounts()[0].key);
	await editor.fillCredential('baseUrl', `${stage.sandboxUrl}/spara/v1`);
	await editor.saveCredential();
	await editor.credentialRefusal.waitFor();
	await picture(editor.page, 'credential-red');
	await editor.fillCredential('baseUrl', `${stage.sandboxUrl}/sparkloop/v2`);
	await editor.saveCredential();
	await editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	expect(await editor.byTestId('node-credentials-select').locator('input').first().inputValue()).toMatch(
		/SparkLoop/,
	);
}, 90_000);

it('has the email at hand on Create, and says which field is wrong', async () => {
	await add('Spara', 'Create lead');
	for (const name of ['email', 'first_name', 'last_name', 'phone_number'])
		await editor.byTestId(`parameter-input-${name}`).first().waitFor();
	await picture(editor.page, 'create-form');
	await editor.type(editor.byTestId('parameter-input-email').locator('input').first(), 'not an email');
	await editor.execute();
	await editor.output.getByText("Spara did not accept the request: Field 'email'").first().waitFor();
	await picture(editor.page, 'error');
	expect(await editor.output.textContent()).toMatch(/status 422.*request ID/);
}, 60_000);

it('shows the fields that a LeadConduit flow requires, to be filled in or mapped', async () => {
	await add('LeadConduit', 'Submit lead');
	await editor.connect();
	await editor.fillCredential('apiKey', stage.sandbox.leadconduit.accounts()[0].key);
	await editor.click(editor.byTestId('parameter-input-environment').locator('input').first());
	await editor.click(
		editor.page.locator('[data-test-id="parameter-input-item"]:has-text("Custom"):visible').first(),
	);
	await editor.fillCredential('baseUrl', `${stage.sandboxUrl}/leadconduit/api/v1`);
	await editor.saveCredential();
	await editor.byTestId('editCredential-modal').waitFor({ state: 'hidden' });
	await editor.openPicker('flowId');
	await editor.click(editor.byTestId('rlc-item').filter({ hasText: 'Solar' }).first());
	const fields = editor.byTestId('node-parameters');
	for (const label of ['First Name', 'Email', 'State'])
		await fields.getByText(label, { exact: false }).first().waitFor();
	await picture(editor.page, 'mapper');
}, 90_000);

it('says how long it waited for the rate limit', async () => {
	const windows = [{ limit: 1, windowMs: 6000 }];
	stage.sandbox.spara.limit({ name: 'general', windows, retryAfter: 'seconds' });
	await add('Spara', 'Search leads');
	await fetch(`${stage.sandboxUrl}/spara/v1/leads/search?email=a@b.example`, {
		headers: { authorization: `Bearer ${key()}` },
	});
	// While it lasts, n8n shows what a node says in the browser's console only.
	const shown = editor.page.waitForEvent('console', (message) => /waits about \d+/.test(message.text()));
	await editor.execute();
	expect((await shown).text()).toMatch(
		/Spara.*waits about \d+ m?s for the rate limit|since the server refused/,
	);
	await editor.output
		.getByText(/waited up to \d+ s for the rate limit of Spara/)
		.first()
		.waitFor({ timeout: 40_000 });
	await picture(editor.page, 'hint');
	stage.sandbox.spara.reset();
}, 90_000);

it('leaves no error of ours in the console', () => {
	expect(editor.errors).toEqual([]);
});
