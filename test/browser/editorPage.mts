import type { Locator, Page } from 'playwright-core';
import type { Editor } from '../../lab/rest.mts';

/** What n8n itself logs where it cannot reach the internet, or before anybody has signed in. */
const NOT_OURS =
	/api\.n8n\.io|ERR_CERT|ERR_NAME_NOT_RESOLVED|ERR_INTERNET|401 \(Unauthorized\)|404 \(Not Found\)|posthog|telemetry/i;

/**
 * n8n's editor (2.40) as a person uses it. The only place that knows how it is built, which may change with any release. Counts
 * clicks and typed values, so that a test can say how many something takes.
 */
export class EditorPage {
	readonly page: Page;
	/** Errors in the browser's console that n8n alone does not have. */
	readonly errors: string[] = [];
	clicks = 0;
	typed = 0;
	readonly #url: string;

	constructor(page: Page, url: string) {
		this.page = page;
		this.#url = url;
		page.on('pageerror', (error) => this.errors.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error' && !NOT_OURS.test(message.text() + message.location().url))
				this.errors.push(message.text());
		});
	}

	byTestId(id: string): Locator {
		return this.page.locator(`[data-test-id="${id}"]`);
	}

	async click(target: Locator): Promise<void> {
		this.clicks++;
		await target.click();
	}

	async type(target: Locator, text: string): Promise<void> {
		this.typed++;
		await target.fill(text);
	}

	async signIn({ email, password }: Editor): Promise<void> {
		await this.page.goto(`${this.#url}/signin`);
		await this.page.locator('input[type=email], [name=emailOrLdapLoginId]').first().fill(email);
		await this.page.locator('input[type=password]').fill(password);
		await this.page.locator('button:has-text("Sign in")').click();
		await this.page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	}

	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.#url}/workflow/new`);
		await this.byTestId('canvas-add-button').waitFor();
		Object.assign(this, { clicks: 0, typed: 0 });
	}

	async openWorkflow(id: string): Promise<void> {
		await this.page.goto(`${this.#url}/workflow/${id}`);
		await this.byTestId('canvas-node').first().waitFor();
	}

	/** A node on the canvas. */
	canvasNode(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** The notes on the canvas. */
	get notes(): Locator {
		return this.byTestId('sticky');
	}

	get canvas(): Locator {
		return this.byTestId('canvas-wrapper');
	}

	/** Shows the whole workflow. */
	async fitCanvas(): Promise<void> {
		await this.byTestId('zoom-to-fit').click();
		// n8n moves the canvas over some frames and says nothing when it is done.
		await this.page.waitForTimeout(800);
	}

	/** The names of the nodes on the canvas that n8n marks as lacking something. */
	async nodesWithIssues(): Promise<Array<string | null>> {
		const marked = this.page.locator('[data-test-id="canvas-node"]:has([data-test-id="node-issues"])');
		return await marked.evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-node-name')));
	}

	async openNodePanel(): Promise<void> {
		const first = this.byTestId('canvas-plus-button');
		const further = this.byTestId('node-creator-plus-button');
		await this.click((await first.isVisible()) ? first : further);
		await this.byTestId('node-creator-search-bar').waitFor();
	}

	/** The names that the open node panel lists for a search. */
	async search(text: string): Promise<string[]> {
		const bar = this.byTestId('node-creator-search-bar');
		await bar.fill('');
		await this.type(bar, text);
		// The list is narrowed a moment later; n8n says nothing when it is done.
		await this.page.waitForTimeout(400);
		return await this.byTestId('node-creator-item-name').allTextContents();
	}

	/** Picks a node in the open panel and gives the names of its triggers and actions. */
	async openActions(node: string): Promise<string[]> {
		await this.click(
			this.byTestId('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${node}\\s*$`) }),
		);
		const category = this.page.locator('[data-test-id="node-creator-category-item"]:has-text("Actions")');
		await category.waitFor();
		return await this.byTestId('node-creator-item-name').allTextContents();
	}

	async unfoldActions(): Promise<void> {
		await this.click(this.page.locator('[data-test-id="node-creator-category-item"]:has-text("Actions")'));
	}

	/** Adds an action of the node whose actions are open; its panel opens. */
	async addAction(action: string): Promise<void> {
		await this.click(
			this.byTestId('node-creator-item-name').filter({ hasText: new RegExp(`^\\s*${action}\\s*$`) }),
		);
		await this.byTestId('node-parameters').waitFor();
	}

	async openNode(name: string): Promise<void> {
		await this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`).dblclick();
		await this.byTestId('node-parameters').waitFor();
	}

	async closeNode(): Promise<void> {
		await this.click(this.byTestId('ndv-close-button'));
		await this.byTestId('node-parameters').waitFor({ state: 'hidden' });
	}

	/** Opens the window for a new credential of the open node. */
	async connect(): Promise<void> {
		await this.click(this.byTestId('node-parameters').page().locator('button:has-text("Connect to")'));
		await this.byTestId('editCredential-modal').waitFor();
	}

	/** Fills a field of the open credential window. */
	async fillCredential(field: string, value: string): Promise<void> {
		await this.type(this.byTestId(field).locator('input').first(), value);
	}

	async switchCredential(field: string): Promise<void> {
		await this.click(this.byTestId(field).locator('.el-switch, [role=switch]').first());
	}

	async saveCredential(): Promise<void> {
		await this.click(this.byTestId('credential-save-button').locator('button, :scope').last());
	}

	/** What n8n shows at the top of the window when the test has failed. */
	get credentialRefusal(): Locator {
		return this.byTestId('editCredential-modal').getByText('Couldn’t connect with these settings').first();
	}

	/** What the test said. */
	async credentialDetails(): Promise<string> {
		await this.byTestId('editCredential-modal').getByText('More details').first().click();
		return (await this.byTestId('editCredential-modal').textContent()) ?? '';
	}

	/** Opens the list of a picker. */
	async openPicker(field: string): Promise<void> {
		await this.click(this.byTestId(`resource-locator-${field}`).locator('input').last());
		await this.byTestId('rlc-search').waitFor();
	}

	async execute(): Promise<void> {
		await this.click(this.byTestId('node-execute-button'));
	}

	get output(): Locator {
		return this.byTestId('output-panel');
	}

	get input(): Locator {
		return this.byTestId('ndv-input-panel');
	}
}
