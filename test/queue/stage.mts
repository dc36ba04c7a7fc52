import { randomUUID } from 'node:crypto';
import type { INode } from 'n8n-workflow';
import { fetch } from 'undici';
import { startQueueMode, type QueueMode } from '../../lab/queueMode.mts';
import { Editor } from '../../lab/rest.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';

export interface QueueStage {
	queue: QueueMode;
	editor: Editor;
	sandbox: Sandbox;
	sandboxUrl: string;
	close(): Promise<void>;
}

/** The tarball that the global setup has packed: this version, or the one before it. */
export function packedPackage(version: 'this' | 'old' = 'this'): string {
	const tarball = version === 'old' ? process.env.LEADWIRE_OLD_TARBALL : process.env.LEADWIRE_TARBALL;
	if (!tarball) throw new Error('The global setup has not packed the package.');
	return tarball;
}

/** A sandbox of its own, and an n8n in queue mode that holds the package, as packed by the global setup unless another is given. */
export async function openQueueStage(
	workers: number,
	concurrency = 10,
	environment: Record<string, string> = {},
	tarball = packedPackage(),
): Promise<QueueStage> {
	const { url: sandboxUrl, sandbox, close } = await startSandbox({ port: 0 });
	const queue = await startQueueMode({ version: '2.40.7', tarball, workers, concurrency, environment });
	const editor = await Editor.open(queue.url);
	return {
		queue,
		editor,
		sandbox,
		sandboxUrl,
		async close() {
			await queue.stop();
			await close();
		},
	};
}

/** n8n's own Webhook node: answers at once, and the execution goes to a worker. */
export function webhookNode(): INode {
	const id = randomUUID();
	return {
		id,
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 0],
		webhookId: id,
		parameters: { path: id, httpMethod: 'POST', responseMode: 'onReceived' },
	};
}

/** n8n's Split Out node that gives the posted leads as items. */
export function leadsNode(): INode {
	return {
		id: randomUUID(),
		name: 'Leads',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [0, 0],
		parameters: { fieldToSplitOut: 'body.leads' },
	};
}

/** Posts JSON; throws on any answer but a good one. */
export async function post(url: string, body: object): Promise<void> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	if (!response.ok) throw new Error(`The webhook answered ${response.status}: ${await response.text()}`);
}
