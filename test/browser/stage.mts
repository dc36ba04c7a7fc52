import { mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { startSandbox } from '../../sandbox/server.mts';
import { openStage, type Stage } from '../n8n/stage.mts';
import { EditorPage } from './editorPage.mts';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** Where pictures go: with $LEADWIRE_PICTURES, as `npm run pictures` sets it, those of the documents are made anew. */
export const PICTURES = process.env.LEADWIRE_PICTURES ?? '.cache/browser';

/** Takes a picture of the window. */
export async function picture(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: `${PICTURES}/${name}.png`, scale: 'css', animations: 'disabled' });
}

export type Theme = 'light' | 'dark';

export interface BrowserStage extends Stage {
	/** A signed-in editor in a window of its own. */
	openEditor(theme?: Theme): Promise<EditorPage>;
	/** An empty window. */
	openPage(theme?: Theme): Promise<Page>;
}

/** A sandbox alone, where nothing of n8n is needed. */
async function openSandbox(): Promise<Stage> {
	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: 0 });
	return { sandboxUrl, sandbox, close } as Stage;
}

/** A sandbox, a real n8n with the packed package (unless there is to be none), and a Chromium. */
export async function openBrowserStage({ n8n = true } = {}): Promise<BrowserStage> {
	mkdirSync(PICTURES, { recursive: true });
	const stage = n8n ? await openStage('2.40.7') : await openSandbox();
	const browser: Browser = await chromium.launch({
		executablePath: process.env.LEADWIRE_CHROMIUM,
		args: FLAGS,
	});
	const openPage = async (theme: Theme = 'light') => {
		const context = await browser.newContext({
			viewport: { width: 1360, height: 860 },
			colorScheme: theme,
			permissions: ['clipboard-read', 'clipboard-write'],
		});
		context.setDefaultTimeout(15_000);
		return await context.newPage();
	};
	return {
		...stage,
		openPage,
		async openEditor(theme) {
			const editorPage = new EditorPage(await openPage(theme), stage.n8n.url);
			await editorPage.signIn(stage.editor);
			return editorPage;
		},
		async close() {
			await browser.close();
			await stage.close();
		},
	};
}
