/**
 * What becomes of events that n8n has acknowledged when it, or its database, goes down under load. A sender delivers
 * again, as vendors do, until it is answered 200. Counted are events that were acknowledged and never ran, and those
 * that ran twice. Runs tell a server outside of n8n of themselves.
 * Run: node lab/trials/deliveryLoss.mts sqlite|postgres [events per case]
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { request } from 'undici';
import { senders } from '../../test/node/webhook/senders.mts';
import { packPackage } from '../pack.mts';
import { Editor, waitUntilRegistered, webhookUrl } from '../rest.mts';
import { restartableN8n } from '../restartable.mts';
import { startPostgres } from '../services.mts';
import { chain, leadwireNode } from '../workflows.mts';

const [database = 'sqlite', count = '125'] = process.argv.slice(2);
const EVENTS = Number(count);
const APART_MS = 60;

const runs = new Map<string, number>();
const sink = createServer(({ url = '' }, response) => {
	const id = new URL(url, 'http://sink').searchParams.get('id') ?? '';
	runs.set(id, (runs.get(id) ?? 0) + 1);
	response.end('{}');
}).listen(0, '127.0.0.1');

const postgres = database === 'postgres' ? await startPostgres() : undefined;
const environment: Record<string, string> = postgres
	? {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
		}
	: {};
const n8n = await restartableN8n({ version: '2.40.7', tarball: await packPackage(), environment });
try {
	await n8n.start();
	const editor = await Editor.open(n8n.url);
	const [, sender] = senders;
	const credential = await editor.createCredential(sender.credentialType, sender.vendor, {
		apiKey: 'none',
		baseUrl: 'https://vendor.example',
		receiveEvents: true,
		...sender.credential,
	});
	const trigger = {
		...leadwireNode('Trigger', sender.type, sender.credentialType, sender.parameters),
		typeVersion: 1.1,
	};
	const { port } = sink.address() as AddressInfo;
	const tell = {
		...leadwireNode('Tell', '', '', {
			url: `=http://127.0.0.1:${port}/?id={{ $json.eventId }}`,
			options: {},
		}),
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		credentials: {},
	} as INode;
	const workflow = await editor.createWorkflow(chain('Events', [trigger, tell]), [credential]);
	await editor.activate(workflow);
	const url = webhookUrl(n8n.url, workflow, 'Trigger');
	await waitUntilRegistered(url);

	const attempt = async (id: string): Promise<number | undefined> => {
		const { headers, body } = sender.deliver(id);
		try {
			const answer = await request(url, { method: 'POST', headers, body, headersTimeout: 20_000 });
			await answer.body.dump();
			return answer.statusCode;
		} catch {
			return undefined;
		}
	};
	const deliver = async (id: string): Promise<boolean> => {
		for (let tries = 0; tries < 40; tries++) {
			if ((await attempt(id)) === 200) return true;
			await sleep(1000 + tries * 250);
		}
		return false;
	};
	const numbered = (name: string, count = EVENTS): string[] =>
		Array.from({ length: count }, (_, index) => `${name.replaceAll(' ', '-')}-${index}`);
	const untilRun = async (ids: string[]): Promise<void> => {
		for (let waits = 0; waits < 300 && !ids.every((id) => runs.has(id)); waits++) await sleep(100);
	};
	const trial = async (name: string, trouble: () => Promise<void>): Promise<void> => {
		const ids = numbered(name);
		const delivering = Promise.all(
			ids.map(async (id, index) => {
				await sleep(index * APART_MS);
				return (await deliver(id)) ? [id] : [];
			}),
		);
		await sleep((EVENTS * APART_MS) / 3);
		await trouble();
		const acknowledged = (await delivering).flat();
		await untilRun(acknowledged);
		const never = acknowledged.filter((id) => !runs.has(id));
		const twice = ids.filter((id) => (runs.get(id) ?? 0) > 1);
		const executions = await editor.countExecutions(workflow);
		console.info(
			`${new Date().toISOString()} ${database}, ${name}: ${acknowledged.length} of ${EVENTS} acknowledged, ${never.length} of them never ran, ${twice.length} ran twice; the newest executions: ${JSON.stringify(executions)}`,
		);
	};

	await trial('n8n asked to end', async () => {
		await n8n.terminate();
		await n8n.start();
	});
	await trial('n8n killed', async () => {
		await n8n.kill();
		await n8n.start();
	});
	const known = numbered('delivered again', 2 * EVENTS);
	const deliverAll = async (ids: string[]): Promise<void> => {
		const left = [...ids];
		const worker = async (): Promise<void> => {
			for (let id = left.shift(); id !== undefined; id = left.shift()) await deliver(id);
		};
		await Promise.all(Array.from({ length: 5 }, worker));
	};
	await deliverAll(known);
	await untilRun(known);
	await n8n.kill();
	await n8n.start();
	await waitUntilRegistered(url);
	await deliverAll(known);
	// What comes last runs last: by then those before it would have run.
	await deliverAll(['after all']);
	await untilRun([...known, 'after all']);
	const again = known.filter((id) => runs.get(id) !== 1);
	console.info(
		`${new Date().toISOString()} ${database}, all delivered again after n8n was killed: ${again.length} of ${known.length} ran twice or never`,
	);

	if (!postgres) {
		await trial('database locked', async () => {
			const locking = new DatabaseSync(n8n.databaseFile);
			locking.exec('PRAGMA busy_timeout = 5000');
			for (const ms of [6000, 7000]) {
				locking.exec('BEGIN EXCLUSIVE');
				await sleep(ms);
				locking.exec('COMMIT');
				await sleep(1000);
			}
			locking.close();
		});
	} else {
		await trial('database restarted', async () => {
			await postgres.restart();
		});
	}
} catch (error) {
	console.error(n8n.log().slice(-5000));
	throw error;
} finally {
	await n8n.stop();
	await postgres?.stop();
	sink.close();
}
