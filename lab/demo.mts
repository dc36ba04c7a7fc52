/**
 * `npm start`, once everything is installed: the sandbox, a real n8n with the packed package, the example workflow activated, and
 * one signed lead event through it. `--once` ends there with exit code 0 or 1; without it all stays up until Ctrl-C.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { startSandbox, type Sandbox } from '../sandbox/server.mts';
import { say } from './command.mjs';
import { startN8n } from './n8n.mts';
import { packPackage } from './pack.mts';
import { requireFreePort } from './ports.mts';
import { reportExecution } from './report.mts';
import { Editor, waitUntilRegistered, webhookUrl, type Execution, type WorkflowFile } from './rest.mts';

const n8nPort = Number(process.env.N8N_PORT ?? 5678);
const sandboxPort = Number(process.env.SANDBOX_PORT ?? 4010);
const example: WorkflowFile = JSON.parse(readFileSync('examples/spara-new-lead-call.json', 'utf8'));

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

/** Stores credential and workflow in n8n, registers the workflow's webhook at the sandbox, and sends one signed event. */
async function runExample({ sandboxUrl, sandbox, n8n, editor }: Awaited<ReturnType<typeof startAll>>): Promise<Execution> {
	const [account] = sandbox.spara.accounts();
	const signature = { header: 'X-Spara-Signature', secret: randomBytes(24).toString('hex') };
	const credential = await editor.createCredential('sparaApi', 'Spara account', {
		apiKey: account.key,
		baseUrl: `${sandboxUrl}/spara/v1`,
		webhookVerification: 'hmac',
		webhookSecret: signature.secret,
		webhookHeader: signature.header,
	});
	const { status, message } = await editor.testCredential(credential);
	if (status !== 'OK') throw new Error(`The credential's test failed: ${message}`);
	say('Credential: tested');

	const workflow = await editor.createWorkflow(example, [credential]);
	const url = webhookUrl(n8n.url, workflow, 'Spara Trigger');
	await editor.activate(workflow);
	await waitUntilRegistered(url);
	say(`Workflow: "${workflow.name}" is active`);

	sandbox.spara.registerWebhook({ account: account.id, url, authentication: { kind: 'hmac', ...signature } });
	const [delivery] = await sandbox.spara.emit({ event: 'lead.created', leadId: findCallableLead(sandbox) });
	if (delivery.status !== 200) throw new Error(`The signed event was answered with ${delivery.status ?? delivery.error}`);
	say('Signed lead.created event: accepted');
	const [execution] = await editor.awaitExecutions(workflow, 1);
	return execution;
}

function findCallableLead(sandbox: Sandbox): string {
	const lead = sandbox.spara.leads().find(({ data }) => data.email && data.phone_number);
	if (!lead) throw new Error('The sandbox has no lead with an email and a phone number.');
	return lead.id;
}

async function demo(): Promise<void> {
	const stage = await startAll();
	const execution = await runExample(stage);
	say(`\n${reportExecution(example, execution)}\n`);
	if (execution.status !== 'success') throw new Error('The workflow did not run to its end.');
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
