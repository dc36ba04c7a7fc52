/**
 * From the event to the call queued: the example without and with its Idempotency Key, beside the same steps built of n8n's Webhook,
 * HTTP Request and If nodes, by turns on one real n8n. Needs a quiet machine.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode } from 'n8n-workflow';
import { request } from 'undici';
import { startN8n, type RunningN8n } from '../../lab/n8n.mts';
import { findFreePort } from '../../lab/ports.mts';
import { Editor, waitUntilRegistered, webhookUrl, type WorkflowFile } from '../../lab/rest.mts';
import { alwaysOpen, chain } from '../../lab/workflows.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { table, writePart } from './report.mts';

const VERSION = '2.40.7';
const EVENTS = 100;
const WARM_UP = 10;
const MOST_RATIO = 1.5;
/** Spara takes five calls a second: events come no faster, so that no call waits for its turn. */
const EVENT_INTERVAL_MS = 250;
const PATIENCE_MS = 30_000;
const SECRET = 'a secret that only Spara and n8n share';
const AGENT = '3f0c5a1e-7b2d-4c98-9e11-5a6b7c8d9e0f';

const builtIn = (name: string, type: string, typeVersion: number, parameters: IDataObject): INode => ({
	id: randomUUID(),
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: parameters as INode['parameters'],
});

/** Reads the lead, looks at its calls and at the hour, and calls: what the options of the node do. */
function builtOfHttpRequests(baseUrl: string): WorkflowFile {
	const spara = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'sparaApi',
	};
	const withCredential = (node: INode, type: string): INode => ({
		...node,
		credentials: { [type]: { id: '', name: '' } },
	});
	const webhook = builtIn('Webhook', 'webhook', 2, {
		path: randomUUID(),
		httpMethod: 'POST',
		authentication: 'headerAuth',
		responseMode: 'onReceived',
	});
	const mayBeCalled =
		'={{ $now.hour >= 0 && $now.hour < 24 && ($json.calls ?? []).length < 3 && !($json.calls ?? []).some(({ started_at }) => Date.now() - Date.parse(started_at) < 4 * 3600000) }}';
	return chain('Built of HTTP requests', [
		withCredential({ ...webhook, webhookId: randomUUID() }, 'httpHeaderAuth'),
		withCredential(
			builtIn('Get lead', 'httpRequest', 4.2, {
				...spara,
				url: `=${baseUrl}/leads/{{ $json.body.lead.id }}`,
			}),
			'sparaApi',
		),
		builtIn('May it be called?', 'if', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: randomUUID(),
						leftValue: mayBeCalled,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
				combinator: 'and',
			},
		}),
		withCredential(
			builtIn('Call lead', 'httpRequest', 4.2, {
				...spara,
				method: 'POST',
				url: `=${baseUrl}/leads/{{ $json.id }}/call`,
				sendBody: true,
				specifyBody: 'json',
				jsonBody: JSON.stringify({ voice_agent_id: AGENT, call_mode: 'qa' }),
			}),
			'sparaApi',
		),
	]);
}

/** The example with nothing that outlasts an execution, at an address of its own. */
function withoutIdempotencyKey(file: WorkflowFile): WorkflowFile {
	const nodes = structuredClone(file.nodes);
	for (const node of nodes) {
		delete (node.parameters.options as IDataObject | undefined)?.idempotencyKey;
		if (node.webhookId) node.webhookId = randomUUID();
	}
	return { ...file, nodes };
}

const percentile = (values: number[], share: number): number =>
	[...values].sort((one, other) => one - other)[Math.ceil(values.length * share) - 1];

let n8n: RunningN8n | undefined;
let closeSandbox: (() => Promise<void>) | undefined;
afterAll(async () => {
	await n8n?.stop();
	await closeSandbox?.();
}, 60_000);

/** How long after the event its call reaches Spara, in ms. */
async function eventToCall(sandbox: Sandbox, url: string, leadId: string): Promise<number> {
	const lead = { object: 'lead', id: leadId, data: {} };
	const sentAt = Date.now();
	const { statusCode, body } = await request(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-webhook-token': SECRET },
		body: JSON.stringify({ event: 'lead.created', created_at: new Date(sentAt).toISOString(), lead }),
	});
	await body.dump();
	expect(statusCode).toBe(200);
	while (Date.now() < sentAt + PATIENCE_MS) {
		const call = sandbox.spara
			.requests()
			.find(({ method, path, status }) => method === 'POST' && path.includes(leadId) && status === 200);
		if (call) return call.at + (call.durationMs ?? 0) - sentAt;
		await sleep(5);
	}
	throw new Error(`No call to ${leadId} within ${PATIENCE_MS / 1000} s`);
}

it(`queues a call at most ${MOST_RATIO} times as long after the event as nodes put together by hand`, async () => {
	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: 0 });
	closeSandbox = close;
	const tarball = process.env.LEADWIRE_TARBALL ?? '';
	n8n = await startN8n({ version: VERSION, tarball, port: await findFreePort() });
	const editor = await Editor.open(n8n.url);
	const baseUrl = `${sandboxUrl}/spara/v1`;
	const credentials = [
		await editor.createCredential('sparaApi', 'Spara', {
			apiKey: sandbox.spara.accounts()[0].key,
			baseUrl,
			receiveEvents: true,
			webhookVerification: 'header',
			webhookHeader: 'X-Webhook-Token',
			webhookSecret: SECRET,
		}),
		await editor.createCredential('httpHeaderAuth', 'Token', { name: 'X-Webhook-Token', value: SECRET }),
	];
	const file = JSON.parse(readFileSync('examples/spara-speed-to-lead.json', 'utf8')) as WorkflowFile;
	const example = { ...alwaysOpen(file), pinData: {} };
	const withKey = await editor.createWorkflow(example, credentials);
	const withoutKey = await editor.createWorkflow(withoutIdempotencyKey(example), credentials);
	const byHand = await editor.createWorkflow(builtOfHttpRequests(baseUrl), credentials);
	const urls = [
		webhookUrl(n8n.url, withoutKey, 'Spara Trigger'),
		webhookUrl(n8n.url, withKey, 'Spara Trigger'),
		`${n8n.url}/webhook/${String(byHand.nodes[0].parameters.path)}`,
	];
	for (const workflow of [withoutKey, withKey, byHand]) await editor.activate(workflow);
	for (const url of urls) await waitUntilRegistered(url);

	const times: number[][] = urls.map(() => []);
	const now = Date.now() / 1000;
	const leads = sandbox.spara.seedLeads({ count: 3 * (EVENTS + WARM_UP) + 400, from: now - 60, to: now });
	const callable = leads.filter((id) => sandbox.spara.lead({ id }).data.phone_number);
	expect(callable.length).toBeGreaterThanOrEqual(3 * (EVENTS + WARM_UP));
	for (let event = 0; event < EVENTS + WARM_UP; event++) {
		for (const way of urls.keys()) {
			const time = await eventToCall(sandbox, urls[way], callable[3 * event + way]);
			if (event >= WARM_UP) times[way].push(time);
			await sleep(EVENT_INTERVAL_MS);
		}
	}
	const row = (name: string, share: number): string[] => {
		const [plain, keyed, hand] = times.map((each) => percentile(each, share));
		const ms = (value: number): string => `${value.toFixed(0)} ms`;
		return [name, ms(hand), ms(plain), (plain / hand).toFixed(2), ms(keyed), (keyed / hand).toFixed(2)];
	};
	const head = ['', 'By hand', 'Our nodes', 'Ratio', 'With the Idempotency Key', 'Ratio'];
	writePart('Speed to lead: from the event to the call queued', [
		'`examples/spara-speed-to-lead.json` (calling hours, pauses, maximum) beside Webhook, HTTP Request (get the lead), If and HTTP',
		`Request (call), by turns on one n8n ${VERSION}, ${EVENTS} events each. The nodes put together by hand have nothing like the Idempotency`,
		'Key, which waits 150 ms between claiming a key and calling, so that two workers with one key see each other.',
		'',
		...table(head, [row('Median', 0.5), row('p95', 0.95), row('p99', 0.99)]),
	]);
	expect(percentile(times[0], 0.99) / percentile(times[2], 0.99)).toBeLessThanOrEqual(MOST_RATIO);
}, 900_000);
