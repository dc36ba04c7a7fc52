/**
 * `npm start`, once everything is installed: the sandbox, a real n8n with the packed package, the example workflow activated, and
 * one signed lead event through it. `--once` ends there with exit code 0 or 1; without it all stays up until Ctrl-C.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';
import { say } from './command.mjs';
import { startN8n } from './n8n.mts';
import { packPackage } from './pack.mts';
import { otherPlatforms, type Platform } from './platforms.mts';
import { requireFreePort } from './ports.mts';
import { reportExecution } from './report.mts';
import {
	Editor,
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type WorkflowFile,
} from './rest.mts';
import { leadwireNode, manual, MANUAL_TRIGGER } from './workflows.mts';

const n8nPort = Number(process.env.N8N_PORT ?? 5678);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4010);
const EXAMPLE = 'spara-new-lead-call.json';
const workflowFile = (name: string): WorkflowFile => JSON.parse(readFileSync(`examples/${name}`, 'utf8'));
const example = workflowFile(EXAMPLE);

/** What to end, the newest last. */
const running: Array<() => Promise<void>> = [];

async function stopAll(): Promise<void> {
	for (const stop of running.splice(0).reverse()) await stop();
}

async function startAll() {
	await requireFreePort(n8nPort, 'N8N_PORT');
	await requireFreePort(sandboxPort, 'SANDBOX_PORT');
	const tarball = await packPackage();

	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: sandboxPort });
	running.push(close);
	say(`Sandbox of the vendors' APIs: ${sandboxUrl}`);

	say('Starting n8n ...');
	const n8n = await startN8n({ version: '2.40.7', tarball, port: n8nPort });
	running.push(n8n.stop);
	const editor = await Editor.open(n8n.url);
	say(`n8n ${n8n.version}: ${n8n.url}`);
	return { sandboxUrl, sandbox, n8n, editor };
}

type Stage = Awaited<ReturnType<typeof startAll>>;

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
async function runExample({
	sandboxUrl,
	sandbox,
	n8n,
	editor,
}: Stage): Promise<{ credential: Credential; execution: Execution }> {
	const [account] = sandbox.spara.accounts();
	const signature = { header: 'X-Spara-Signature', secret: randomBytes(24).toString('hex') };
	const credential = await storeTested(editor, 'sparaApi', 'Spara account', {
		apiKey: account.key,
		baseUrl: `${sandboxUrl}/spara/v1`,
		webhookVerification: 'hmac',
		webhookSecret: signature.secret,
		webhookHeader: signature.header,
	});
	say('Credential: tested');

	const workflow = await editor.createWorkflow(example, [credential]);
	const url = webhookUrl(n8n.url, workflow, 'Spara Trigger');
	await editor.activate(workflow);
	await waitUntilRegistered(url);
	say(`Workflow: "${workflow.name}" is active`);

	sandbox.spara.registerWebhook({ account: account.id, url, authentication: { kind: 'hmac', ...signature } });
	const [delivery] = await sandbox.spara.emit({ event: 'lead.created', leadId: findCallableLead(sandbox) });
	if (delivery.status !== 200)
		throw new Error(`The signed event was answered with ${delivery.status ?? delivery.error}`);
	say('Signed lead.created event: accepted');
	const [execution] = await editor.awaitExecutions(workflow, 1);
	return { credential, execution };
}

/** Tests a platform's credential and reads a list with it; says what came. */
async function showPlatform(
	{ editor }: Stage,
	{ name, node, credential: { type, data }, list }: Platform,
): Promise<Credential> {
	const credential = await storeTested(editor, type, `${name} account`, data);
	const file = manual([{}], leadwireNode(name, node, type, list));
	const { data: result } = await editor.run(await editor.createWorkflow(file, [credential]), MANUAL_TRIGGER);
	const { error, runData } = result.resultData;
	if (error) throw new Error(`${name} failed: ${error.message}`);
	say(`${name}: credential tested, ${runData[name][0].data?.main[0]?.length ?? 0} ${list.resource}s read`);
	return credential;
}

/** Stores the examples of the other platforms, ready to be looked at and activated. */
async function storeExamples({ editor }: Stage, credentials: Credential[]): Promise<void> {
	const names = readdirSync('examples').filter((name) => name.endsWith('.json') && name !== EXAMPLE);
	for (const name of names) await editor.createWorkflow(workflowFile(name), credentials);
	say(`${names.length} more example workflows are in the editor`);
}

function findCallableLead(sandbox: Sandbox): string {
	const lead = sandbox.spara.leads().find(({ data }) => data.email && data.phone_number);
	if (!lead) throw new Error('The sandbox has no lead with an email and a phone number.');
	return lead.id;
}

async function demo(): Promise<void> {
	const stage = await startAll();
	const { credential, execution } = await runExample(stage);
	say(`\n${reportExecution(example, execution)}\n`);
	if (execution.status !== 'success') throw new Error('The workflow did not run to its end.');
	const credentials = [credential];
	for (const platform of otherPlatforms(stage.sandboxUrl, stage.sandbox))
		credentials.push(await showPlatform(stage, platform));
	await storeExamples(stage, credentials);
	if (process.argv.includes('--once')) return await stopAll();
	const { email, password } = stage.editor;
	say(`Editor:   ${stage.n8n.url}\nSign in:  ${email}\nPassword: ${password}\n\nCtrl-C ends everything.`);
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
