import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import type { ICredentialType, INode, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { Sandbox } from '../sandbox/server.mts';
import { builtInNodes } from '../test/node/engine/nodes.mts';
import { runWorkflow, type WorkflowResult } from '../test/node/engine/run.mts';
import { deliver } from '../test/node/engine/webhook.mts';
import type { WorkflowFile } from './rest.mts';

const TRIGGER = 'Spara Trigger';
const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
const NO_OPERATION = 'n8n-nodes-base.noOp';
const require = createRequire(resolve('package.json'));

/** A class of the built package, made into the object that n8n works with. */
function built<Kind>(path: string): Kind {
	const [Type] = Object.values(require(resolve('dist', path)) as Record<string, new () => Kind>);
	return new Type();
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
	return Buffer.concat(await request.toArray());
}

/** How the sandbox proves that an event is genuine, and what the credential says about it. */
export function signedEvents() {
	const secret = randomBytes(24).toString('hex');
	const header = 'X-Spara-Signature';
	return {
		authentication: { kind: 'hmac' as const, header, secret },
		credential: {
			receiveEvents: true,
			webhookVerification: 'hmac',
			webhookSecret: secret,
			webhookHeader: header,
		},
	};
}

/** A lead that the sandbox can call. Throws when there is none. */
export function findCallableLead(sandbox: Sandbox): string {
	const lead = sandbox.spara.leads().find(({ data }) => data.email && data.phone_number);
	if (!lead) throw new Error('The sandbox has no lead with an email and a phone number.');
	return lead.id;
}

/**
 * Runs an example that starts with the Spara Trigger on n8n's engine alone, from the signed event that the sandbox sends to the
 * built nodes. n8n's own nodes are not at hand without n8n: they are passed through.
 * @throws Error when the trigger does not accept the event
 */
export async function runOnEngine(
	example: WorkflowFile,
	sandboxUrl: string,
	sandbox: Sandbox,
): Promise<WorkflowResult> {
	const [account] = sandbox.spara.accounts();
	const { authentication, credential } = signedEvents();
	const nodeTypes: Record<string, INodeType> = {
		'n8n-nodes-leadwire.spara': built('nodes/Spara/Spara.node.js'),
		'n8n-nodes-leadwire.sparaTrigger': built('nodes/Spara/SparaTrigger.node.js'),
	};
	const shared = {
		credentials: { sparaApi: { apiKey: account.key, baseUrl: `${sandboxUrl}/spara/v1`, ...credential } },
		credentialTypes: [built<ICredentialType>('credentials/SparaApi.credentials.js')],
	};
	const started = await receiveOne(sandbox, account.id, authentication, async (rawBody, headers) => {
		const trigger = example.nodes.find(({ name }) => name === TRIGGER);
		return await deliver({
			trigger: nodeTypes['n8n-nodes-leadwire.sparaTrigger'],
			parameters: trigger?.parameters,
			rawBody,
			headers,
			...shared,
		});
	});
	// The trigger has done its part; the engine starts with what it gave.
	const typeOf = ({ name, type }: INode): string =>
		name === TRIGGER ? MANUAL_TRIGGER : type in nodeTypes ? type : NO_OPERATION;
	const runnable = example.nodes
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.map((node) => ({ ...node, type: typeOf(node) }));
	return await runWorkflow({
		...shared,
		nodeTypes: { ...builtInNodes, ...nodeTypes },
		workflow: { ...example, nodes: runnable, pinData: { [TRIGGER]: started } },
	});
}

/** Has the sandbox send one `lead.created` to a trigger; gives the items that the trigger starts a workflow with. */
async function receiveOne(
	sandbox: Sandbox,
	account: string,
	authentication: ReturnType<typeof signedEvents>['authentication'],
	handle: (rawBody: Buffer, headers: Record<string, string>) => ReturnType<typeof deliver>,
): Promise<INodeExecutionData[]> {
	let items: INodeExecutionData[] | undefined;
	const server = createServer(async (request, response) => {
		const result = await handle(await bodyOf(request), request.headers as Record<string, string>);
		items = result.workflowData?.[0];
		response.writeHead(result.status ?? 500).end(result.body);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
		const endpoint = sandbox.spara.registerWebhook({ account, url, authentication });
		const [delivery] = await sandbox.spara.emit({
			event: 'lead.created',
			leadId: findCallableLead(sandbox),
		});
		sandbox.spara.removeWebhook({ id: endpoint.id });
		if (delivery.status !== 200 || !items)
			throw new Error(`The signed event was answered with ${delivery.status ?? delivery.error}`);
		return items;
	} finally {
		server.close();
	}
}
