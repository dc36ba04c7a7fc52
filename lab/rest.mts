import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse as parseFlatted } from 'flatted';
import type {
	ExecutionStatus,
	IDataObject,
	INode,
	INodeTypeDescription,
	IRunExecutionData,
	IWorkflowBase,
} from 'n8n-workflow';
import { fetch } from 'undici';

/** How long n8n may take over one execution or over registering a webhook, in ms. */
const PATIENCE = 60_000;
const POLL_INTERVAL = 100;
const UNFINISHED: ExecutionStatus[] = ['new', 'running', 'unknown'];

export type Credential = { id: string; name: string; type: string; data: IDataObject };
export type WorkflowFile = Pick<IWorkflowBase, 'name' | 'nodes' | 'connections'> &
	Partial<Pick<IWorkflowBase, 'settings' | 'pinData'>>;
export type Workflow = WorkflowFile & { id: string; versionId: string };
export type Execution = { id: string; status: ExecutionStatus; mode: string; data: IRunExecutionData };
type ExecutionSummary = Omit<Execution, 'data'>;

/**
 * A signed-in owner of one n8n, 1.x or 2.x. The only place that knows n8n's internal REST API, which may change with any release.
 * Every method throws an Error with n8n's own message when n8n answers with anything but success.
 */
export class Editor {
	readonly email = 'owner@leadwire.example';
	readonly password = `Lw1${randomBytes(9).toString('base64url')}`;
	readonly #url: string;
	#cookie = '';

	private constructor(url: string) {
		this.#url = url;
	}

	/** Sets up the owner of a fresh n8n, with a generated password, and signs in. */
	static async open(url: string): Promise<Editor> {
		const editor = new Editor(url);
		const { email, password } = editor;
		await editor.#call('POST', '/rest/owner/setup', { email, password, firstName: 'Lead', lastName: 'Wire' });
		await editor.#call('POST', '/rest/login', { email, emailOrLdapLoginId: email, password });
		return editor;
	}

	/** Descriptions of all loaded node types, tool variants among them. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.#call<INodeTypeDescription[]>('GET', '/types/nodes.json');
	}

	async createCredential(type: string, name: string, data: IDataObject): Promise<Credential> {
		const { id } = await this.#call<{ id: string }>('POST', '/rest/credentials', { type, name, data });
		return { id, name, type, data };
	}

	/** Gives a credential other data, for all workflows that use it. */
	async changeCredential({ id, name, type }: Credential, data: IDataObject): Promise<void> {
		await this.#call('PATCH', `/rest/credentials/${id}`, { type, name, data });
	}

	/** What the editor's credential window does on saving: runs the credential's own test. */
	async testCredential(credentials: Credential): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.#call('POST', '/rest/credentials/test', { credentials });
	}

	/** What the editor's own requests for a field's choices give: a node's method for options, a locator's list or a mapper's fields. */
	async fieldChoices(
		kind: 'options' | 'resource-locator-results' | 'resource-mapper-fields',
		request: {
			methodName: string;
			nodeTypeAndVersion: { name: string; version: number };
			path: string;
			currentNodeParameters: IDataObject;
			credential: Credential;
		},
	): Promise<unknown> {
		const { credential, ...rest } = request;
		const { id, name, type } = credential;
		return await this.#call('POST', `/rest/dynamic-node-parameters/${kind}`, {
			...rest,
			credentials: { [type]: { id, name } },
		});
	}

	/** Stores a workflow file; each node gets the given credential wherever the file names one of that type. */
	async createWorkflow(file: WorkflowFile, credentials: Credential[] = []): Promise<Workflow> {
		const withCredentials = (node: INode): INode => ({
			...node,
			credentials: Object.fromEntries(
				Object.keys(node.credentials ?? {}).map((type) => {
					const credential = credentials.find((candidate) => candidate.type === type);
					if (!credential) throw new Error(`Node "${node.name}" needs a credential of type ${type}.`);
					return [type, { id: credential.id, name: credential.name }];
				}),
			),
		});
		const nodes = file.nodes.map(withCredentials);
		return await this.#call<Workflow>('POST', '/rest/workflows', {
			settings: {},
			active: false,
			...file,
			nodes,
		});
	}

	/** Activates (publishes) a workflow. Its webhooks may answer 404 for a second more: see waitUntilRegistered. */
	async activate({ id, versionId }: Workflow): Promise<void> {
		await this.#call('POST', `/rest/workflows/${id}/activate`, { versionId });
	}

	async deactivate({ id }: Workflow): Promise<void> {
		await this.#call('POST', `/rest/workflows/${id}/deactivate`, {});
	}

	/** Whether n8n counts a workflow as active, whatever has become of its triggers. */
	async isActive({ id }: Workflow): Promise<boolean> {
		return (await this.#call<{ active: boolean }>('GET', `/rest/workflows/${id}`)).active;
	}

	/** A workflow as n8n has it now: whether it is published, and what its nodes keep from one run to the next. */
	async stored({ id }: Workflow): Promise<{ active: boolean; staticData: IDataObject | null }> {
		return await this.#call('GET', `/rest/workflows/${id}`);
	}

	/** Runs a workflow by hand from the named trigger node and waits until it has ended, well or not. */
	async run(workflow: Workflow, triggerName: string): Promise<Execution> {
		const body = { workflowData: workflow, triggerToStartFrom: { name: triggerName } };
		const { executionId } = await this.#call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			body,
		);
		return await this.awaitExecution(executionId);
	}

	/** All executions of a workflow, newest first, without their data. */
	async executions({ id }: Workflow): Promise<ExecutionSummary[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const { results } = await this.#call<{ results: ExecutionSummary[] }>(
			'GET',
			`/rest/executions?filter=${filter}`,
		);
		return results;
	}

	/** How many executions a workflow has, by status. */
	async countExecutions({ id }: Workflow): Promise<Record<string, number>> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: id }));
		const counts: Record<string, number> = {};
		// With both ends of the range n8n gives them by ID, the newest first; else those that are running come first.
		for (let below: string | undefined = '2000000000'; below !== undefined; ) {
			const { results }: { results: ExecutionSummary[] } = await this.#call(
				'GET',
				`/rest/executions?limit=100&firstId=0&lastId=${below}&filter=${filter}`,
			);
			for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1;
			below = results.at(-1)?.id;
		}
		return counts;
	}

	/** The executions of all workflows, newest first, without their data. */
	async allExecutions(): Promise<ExecutionSummary[]> {
		const { results } = await this.#call<{ results: ExecutionSummary[] }>('GET', '/rest/executions');
		return results;
	}

	/** Waits until a workflow has the given number of ended executions; gives them with their data, oldest first. */
	async awaitExecutions(workflow: Workflow, count: number): Promise<Execution[]> {
		const summaries = await poll(`${count} executions of workflow "${workflow.name}"`, async () => {
			const found = await this.executions(workflow);
			return found.length >= count ? found : undefined;
		});
		return await Promise.all(summaries.reverse().map(async ({ id }) => await this.awaitExecution(id)));
	}

	/** Waits until the execution has ended, well or not. n8n 1.x stores the status a moment before the data. */
	async awaitExecution(id: string): Promise<Execution> {
		return await poll(`the end of execution ${id}`, async () => {
			const execution = await this.#call<ExecutionSummary & { data: string }>(
				'GET',
				`/rest/executions/${id}`,
			);
			const data: Partial<IRunExecutionData> | undefined = parseFlatted(execution.data);
			const isComplete = data?.resultData && !UNFINISHED.includes(execution.status);
			return isComplete ? { ...execution, data: data as IRunExecutionData } : undefined;
		});
	}

	async #call<Answer>(method: 'GET' | 'PATCH' | 'POST', path: string, body?: object): Promise<Answer> {
		const response = await fetch(this.#url + path, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.#cookie },
			body: body && JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok)
			throw new Error(`n8n answered ${method} ${path} with ${response.status}: ${text.slice(0, 500)}`);
		const [cookie] = response.headers.getSetCookie();
		if (cookie) this.#cookie = cookie.split(';')[0];
		const answer = JSON.parse(text);
		return path.startsWith('/rest/') ? answer.data : answer;
	}
}

/** The production URL of a trigger node with one webhook, whose path every Leadwire trigger calls "webhook". */
export function webhookUrl(n8nUrl: string, { nodes }: WorkflowFile, triggerName: string): string {
	const trigger = nodes.find(({ name }) => name === triggerName);
	return `${n8nUrl}/webhook/${trigger?.webhookId}/webhook`;
}

/** Waits until n8n knows a production webhook that takes POST. Asks with a GET, which runs nothing. */
export async function waitUntilRegistered(webhookUrl: string): Promise<void> {
	await poll(`webhook ${webhookUrl}`, async () => {
		const response = await fetch(webhookUrl);
		return (await response.text()).includes('Did you mean to make a POST request') || undefined;
	});
}

async function poll<Found>(awaited: string, find: () => Promise<Found | undefined>): Promise<Found> {
	const deadline = Date.now() + PATIENCE;
	while (Date.now() < deadline) {
		const found = await find();
		if (found !== undefined) return found;
		await sleep(POLL_INTERVAL);
	}
	throw new Error(`Waited ${PATIENCE / 1000} s in vain for ${awaited}.`);
}
