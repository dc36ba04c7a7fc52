import type { EditorPage } from './editorPage.mts';
import { openBrowserStage, picture, type BrowserStage } from './stage.mts';

let stage: BrowserStage;
let editor: EditorPage;
beforeAll(async () => {
	stage = await openBrowserStage();
	editor = await stage.openEditor();
	await editor.newWorkflow();
	await editor.openNodePanel();
}, 180_000);
afterAll(async () => await stage?.close(), 60_000);

/** What people type who do not know the names of the platforms, and the node that they have to find. */
const words: Array<[word: string, node: string]> = [
	['call', 'Spara'],
	['voice', 'Spara'],
	['phone', 'Spara'],
	['enrich', 'Spara'],
	['lead', 'Spara'],
	['lead', 'LeadConduit'],
	['lead', 'Leadiosa'],
	['lead routing', 'LeadConduit'],
	['order', 'Sparx'],
	['customer', 'Sparx'],
	['crm', 'Sparx'],
	['sales', 'Spara'],
	['conversation', 'Leadiosa'],
	['referral', 'SparkLoop'],
	['newsletter', 'SparkLoop'],
	['subscriber', 'SparkLoop'],
	['activeprospect', 'LeadConduit'],
	['activeprospect', 'ActiveProspect'],
	['lead', 'ActiveProspect'],
	['lead routing', 'ActiveProspect'],
	['leadconduit', 'ActiveProspect'],
	['trustedform', 'ActiveProspect'],
	['ping post', 'ActiveProspect'],
];

it.each(words)(
	'"%s" finds %s',
	async (word, node) => {
		const names = (await editor.search(word)).map((name) => name.trim());
		expect(names).toContain(node);
	},
	20_000,
);

it('lists actions in reading order, the general request last', async () => {
	await editor.search('leadiosa');
	await editor.openActions('Leadiosa');
	await editor.byTestId('node-creator-item-name').getByText('On any event').waitFor();
	const triggers = (await editor.byTestId('node-creator-item-name').allTextContents())
		.map((name) => name.trim())
		.filter((name) => name.startsWith('On '));
	expect(triggers.slice(0, 3)).toEqual(['On any event', 'On AI handoff', 'On contact created']);
	await picture(editor.page, 'panel-leadiosa');
	await editor.unfoldActions();
	// A long list is drawn in parts.
	await editor.byTestId('node-creator-item-name').getByText('Send API request').waitFor();
	const all = (await editor.byTestId('node-creator-item-name').allTextContents()).map((name) => name.trim());
	const actions = all.filter((name) => !name.startsWith('On '));
	expect(actions.find((name) => name !== 'Leadiosa')).toBe('Create conversation');
	const general = all.indexOf('Send API request');
	expect(all.slice(general).filter((name) => !/API request/.test(name))).toEqual([]);
}, 30_000);

it('calls a polling trigger a trigger', async () => {
	await editor.page.keyboard.press('Escape');
	await editor.newWorkflow();
	await editor.openNodePanel();
	expect((await editor.search('spara')).map((name) => name.trim())).toEqual(
		expect.arrayContaining(['Spara', 'Spara Polling Trigger']),
	);
}, 30_000);

it('shows icons that differ, in both themes', async () => {
	for (const theme of ['light', 'dark'] as const) {
		const themed = await stage.openEditor(theme);
		await themed.newWorkflow();
		await themed.openNodePanel();
		const icons = new Set<string>();
		for (const name of ['spara', 'sparx', 'leadconduit', 'leadiosa', 'sparkloop', 'activeprospect']) {
			await themed.search(name);
			const image = themed.page.locator('img[src*="n8n-nodes-leadwire"]').first();
			icons.add((await image.getAttribute('src')) ?? '');
		}
		await themed.search('lead');
		await picture(themed.page, `panel-${theme}`);
		expect(icons.size).toBe(6);
		expect([...icons].every((icon) => icon.includes('.dark.') === (theme === 'dark'))).toBe(true);
		expect(themed.errors).toEqual([]);
		await themed.page.close();
	}
}, 120_000);

it('leaves no error of ours in the console', () => {
	expect(editor.errors).toEqual([]);
});
