/** Every example as a person sees it who has just imported it. Its pictures are those of docs/examples.md. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Credential, WorkflowFile } from '../../lab/rest.mts';
import { exampleCredentials } from '../../lab/examples.mts';
import type { EditorPage } from './editorPage.mts';
import { openBrowserStage, PICTURES, type BrowserStage } from './stage.mts';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

const files = readdirSync('examples').filter((name) => name.endsWith('.json'));

let stage: BrowserStage;
let editor: EditorPage;
let credentials: Credential[];
beforeAll(async () => {
	stage = await openBrowserStage();
	credentials = await exampleCredentials(stage.editor, stage.sandboxUrl, stage.sandbox);
	editor = await stage.openEditor();
}, 300_000);
afterAll(async () => await stage?.close(), 60_000);

it.each(files)(
	'%s is drawn whole, with its notes, and lacks nothing',
	async (name) => {
		const file = JSON.parse(readFileSync(`examples/${name}`, 'utf8')) as WorkflowFile;
		const { id } = await stage.editor.createWorkflow(file, credentials);
		await editor.openWorkflow(id);
		await editor.fitCanvas();
		const nodes = file.nodes.filter(({ type }) => type !== STICKY_NOTE);
		for (const { name: node } of nodes)
			expect([node, await editor.canvasNode(node).count()]).toEqual([node, 1]);
		expect(await editor.notes.count()).toBe(file.nodes.length - nodes.length);
		expect(await editor.nodesWithIssues()).toEqual([]);
		await editor.canvas.screenshot({
			path: `${PICTURES}/example-${name.replace('.json', '')}.png`,
			scale: 'css',
			animations: 'disabled',
		});
	},
	60_000,
);

it('leaves no error of ours in the console', () => {
	expect(editor.errors).toEqual([]);
});
