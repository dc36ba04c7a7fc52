import type { INode } from 'n8n-workflow';
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

const builtIn = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: INode['parameters'],
): INode => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
});

/** The same job by our node and by those of n8n that people know: a new contact in a CRM. */
const nodes: Record<string, INode> = {
	spara: leadwireNode('Spara', 'spara', 'sparaApi', { resource: 'lead', operation: 'create' }),
	hubspot: builtIn('HubSpot', 'hubspot', 2.2, {
		resource: 'contact',
		operation: 'upsert',
		authentication: 'appToken',
	}),
	airtable: builtIn('Airtable', 'airtable', 2.1, { resource: 'record', operation: 'create' }),
};

describe.each(Object.keys(nodes))('%s', (kind) => {
	it('in the node panel', async () => {
		await editor.newWorkflow();
		await editor.openNodePanel();
		await editor.search(nodes[kind].name);
		await editor.openActions(nodes[kind].name);
		await editor.page.waitForTimeout(500);
		await picture(editor.page, `side-panel-${kind}`);
	}, 60_000);

	it('as an empty form, and as the preview of its output in the next node', async () => {
		const first = { ...nodes[kind], credentials: undefined };
		const next = builtIn('Edit Fields', 'set', 3.4, {});
		const file = chain(kind, [first, { ...next, position: [240, 0] }]);
		const { id } = await stage.editor.createWorkflow(file);
		await editor.openWorkflow(id);
		await editor.openNode(nodes[kind].name);
		await editor.page.waitForTimeout(500);
		await picture(editor.page, `side-form-${kind}`);
		await editor.closeNode();
		await editor.openNode('Edit Fields');
		await editor.page.waitForTimeout(800);
		await picture(editor.page, `side-preview-${kind}`);
		const shown = (await editor.input.textContent()) ?? '';
		if (kind === 'spara') expect(shown).toContain('firstName');
	}, 60_000);

	it('as the error of a run that cannot succeed', async () => {
		const start = builtIn('Start', 'manualTrigger', 1, {});
		const file = chain(`${kind} error`, [start, { ...nodes[kind], position: [240, 0] }]);
		const credential = await stage.editor.createCredential(...refusedKey(kind));
		const { id } = await stage.editor.createWorkflow(withCredential(file, kind, credential.type), [
			credential,
		]);
		await editor.openWorkflow(id);
		await editor.openNode(nodes[kind].name);
		await editor.execute();
		await editor.page.waitForTimeout(6000);
		await picture(editor.page, `side-error-${kind}`);
	}, 60_000);
});

function refusedKey(kind: string): [type: string, name: string, data: Record<string, string>] {
	if (kind === 'hubspot') return ['hubspotAppToken', 'HubSpot', { appToken: 'wrong' }];
	if (kind === 'airtable') return ['airtableTokenApi', 'Airtable', { accessToken: 'wrong' }];
	return ['sparaApi', 'Spara account', { apiKey: 'wrong-key', baseUrl: `${stage.sandboxUrl}/spara/v1` }];
}

function withCredential(file: ReturnType<typeof chain>, kind: string, type: string) {
	const filled: Record<string, INode['parameters']> = {
		hubspot: { ...nodes.hubspot.parameters, email: 'ada@example.com' },
		airtable: {
			...nodes.airtable.parameters,
			base: { __rl: true, mode: 'id', value: 'appDiscoverable01' },
			table: { __rl: true, mode: 'id', value: 'tblDiscoverable01' },
			columns: { mappingMode: 'defineBelow', value: { Name: 'Ada' }, schema: [] },
		},
		spara: { ...nodes.spara.parameters, leadFields: { email: 'ada@example.com' } },
	};
	const credentials = { [type]: { id: '', name: '' } };
	return {
		...file,
		nodes: file.nodes.map((node) =>
			node.name === nodes[kind].name ? { ...node, parameters: filled[kind], credentials } : node,
		),
	};
}
