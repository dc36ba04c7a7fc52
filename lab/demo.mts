/**
 * `npm start`, once the development packages are there. First what needs no n8n: the sandbox with its page, and the example run on
 * n8n's engine by one signed lead event. Then a real n8n with the packed package, where the same example runs again and all
 * others wait. `--once` ends there with exit code 0 or 1; without it all stays up until Ctrl-C.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject, INode } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';
import { runNpm, say } from './command.mjs';
import { findCallableLead, runOnEngine, signedEvents } from './engineRun.mts';
import { installN8n, startN8n, type RunningN8n } from './n8n.mts';
import { packBuilt } from './pack.mts';
import { otherPlatforms, type Platform } from './platforms.mts';
import { requireFreePort } from './ports.mts';
import { reportRun } from './report.mts';
import {
	Editor,
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
	type WorkflowFile,
} from './rest.mts';
import { leadwireNode, manual, MANUAL_TRIGGER } from './workflows.mts';

const N8N_VERSION = '2.40.7';
const n8nPort = Number(process.env.N8N_PORT ?? 5678);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4010);
const EXAMPLE = 'spara-new-lead-call.json';
const workflowFile = (name: string): WorkflowFile => JSON.parse(readFileSync(`examples/${name}`, 'utf8'));
const example = workflowFile(EXAMPLE);
const startedAt = Date.now();
const elapsed = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;

/** What to end, the newest last. */
const running: Array<() => Promise<void>> = [];

async function stopAll(): Promise<void> {
	for (const stop of running.splice(0).reverse()) await stop();
}

/** The sandbox, and the example on n8n's engine against it. */
async function showWithoutN8n() {
	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: sandboxPort });
	running.push(close);
	say(`The sandbox of the vendors' APIs is up: ${sandboxUrl}/`);
	await runNpm('Building the package', ['run', 'build'], process.cwd());
	const { status, error, runData } = await runOnEngine(example, sandboxUrl, sandbox);
	say(`\n"${example.name}", run on n8n's engine by a signed event (${elapsed()}):\n`);
	say(`${reportRun(example, runData)}\n`);
	if (status !== 'success') throw new Error(`The example did not run to its end: ${error?.message}`);
	say(`What it did at Spara: ${sandboxUrl}/#spara\n`);
	return { sandboxUrl, sandbox };
}

interface Stage {
	sandboxUrl: string;
	sandbox: Sandbox;
	n8n: RunningN8n;
	editor: Editor;
}

async function startEditor(shown: Pick<Stage, 'sandbox' | 'sandboxUrl'>): Promise<Stage> {
	const tarball = await packBuilt();
	await installN8n(N8N_VERSION);
	say('Starting n8n ...');
	const n8n = await startN8n({ version: N8N_VERSION, tarball, port: n8nPort });
	running.push(n8n.stop);
	const editor = await Editor.open(n8n.url);
	say(`n8n ${n8n.version} is up (${elapsed()})`);
	return { ...shown, n8n, editor };
}

async function storeTested(
	editor: Editor,
	type: string,
	name: string,
	data: IDataObject,
): Promise<Credential> {
	const credential = await editor.createCredential(type, name, data);
	const { status, message } = await editor.testCredential(credential);
	if (status !== 'OK') throw new Error(`The test of the credential "${name}" failed: ${message}`);
	return credential;
}

/** Stores credential and workflow in n8n, registers the workflow's webhook at the sandbox, and sends one signed event. */
async function runExample({ sandboxUrl, sandbox, n8n, editor }: Stage) {
	const [account] = sandbox.spara.accounts();
	const { authentication, credential: verification } = signedEvents();
	const credential = await storeTested(editor, 'sparaApi', 'Spara (sandbox)', {
		apiKey: account.key,
		baseUrl: `${sandboxUrl}/spara/v1`,
		...verification,
	});
	const workflow = await editor.createWorkflow(example, [credential]);
	const url = webhookUrl(n8n.url, workflow, 'Spara Trigger');
	await editor.activate(workflow);
	await waitUntilRegistered(url);
	sandbox.spara.registerWebhook({ account: account.id, url, authentication });
	const [delivery] = await sandbox.spara.emit({ event: 'lead.created', leadId: findCallableLead(sandbox) });
	if (delivery.status !== 200)
		throw new Error(`The signed event was answered with ${delivery.status ?? delivery.error}`);
	const [execution] = await editor.awaitExecutions(workflow, 1);
	say(`"${workflow.name}" is published in n8n and has run there too: ${execution.status}`);
	if (execution.status !== 'success') {
		say(reportRun(example, execution.data.resultData.runData));
		throw new Error('The workflow did not run to its end in n8n.');
	}
	return { credential, workflow, execution };
}

/** Tests a platform's credential and reads a list with it; says what came. */
async function showPlatform(
	{ editor }: Stage,
	{ name, node, credential: { type, data }, list }: Platform,
): Promise<Credential> {
	const credential = await storeTested(editor, type, `${name} (sandbox)`, data);
	const file = manual([{}], leadwireNode(name, node, type, list));
	const stored = await editor.createWorkflow(
		{ ...file, name: `Try it: read some ${list.resource}s from ${name}` },
		[credential],
	);
	const { data: result } = await editor.run(stored, MANUAL_TRIGGER);
	const { error, runData } = result.resultData;
	if (error) throw new Error(`${name} failed: ${error.message}`);
	say(`${name}: credential tested, ${runData[name][0].data?.main[0]?.length ?? 0} ${list.resource}s read`);
	return credential;
}

/** Stores the other examples, ready to be looked at and published; credentials that nobody has here are left to be chosen. */
async function storeExamples({ editor }: Stage, credentials: Credential[]): Promise<number> {
	const isThere = (type: string): boolean => credentials.some((credential) => credential.type === type);
	const withThoseThere = (node: INode): INode => ({
		...node,
		credentials: Object.fromEntries(Object.entries(node.credentials ?? {}).filter(([type]) => isThere(type))),
	});
	const names = readdirSync('examples').filter((name) => name.endsWith('.json') && name !== EXAMPLE);
	for (const file of names.map(workflowFile))
		await editor.createWorkflow({ ...file, nodes: file.nodes.map(withThoseThere) }, credentials);
	return names.length;
}

function sayLinks(
	{ n8n, editor, sandboxUrl }: Stage,
	workflow: Workflow,
	execution: Execution,
	examples: number,
): void {
	say(`
The run that just happened:   ${n8n.url}/workflow/${workflow.id}/executions/${execution.id}
The sandbox, live:            ${sandboxUrl}/
The examples (${examples} more):       ${n8n.url}/home/workflows

Sign in to n8n as             ${editor.email}
with the password             ${editor.password}

Ctrl-C ends everything.`);
}

async function demo(): Promise<void> {
	await requireFreePort(sandboxPort, 'SANDBOX_PORT');
	await requireFreePort(n8nPort, 'N8N_PORT');
	const stage = await startEditor(await showWithoutN8n());
	const { credential, workflow, execution } = await runExample(stage);
	const credentials = [credential];
	for (const platform of otherPlatforms(stage.sandboxUrl, stage.sandbox))
		credentials.push(await showPlatform(stage, platform));
	const examples = await storeExamples(stage, credentials);
	if (process.argv.includes('--once')) return await stopAll();
	sayLinks(stage, workflow, execution, examples);
}

/** One Ctrl-C arrives more than once: from the terminal, from npm and from start.mjs. */
let isInterrupted = false;

async function interrupt(): Promise<void> {
	if (isInterrupted) return;
	isInterrupted = true;
	say('\nStopping ...');
	await stopAll();
	process.exit(130);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);

try {
	await demo();
} catch (error) {
	await stopAll();
	say(`\n${error.message}`);
	process.exit(1);
}
