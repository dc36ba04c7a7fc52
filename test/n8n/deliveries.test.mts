import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { Pool } from 'undici';
import { restartableN8n, type RestartableN8n } from '../../lab/restartable.mts';
import { Editor, waitUntilRegistered, webhookUrl, type Workflow } from '../../lab/rest.mts';
import { chain, leadwireNode } from '../../lab/workflows.mts';
import { senders, type Sender } from '../node/webhook/senders.mts';
import { FakeClock } from '../unit/support/fakeClock.mts';
import { hostileRequest } from '../unit/support/hostile.mts';

const STRANGERS = 500;
const [spara, sparx] = senders;

/** A workflow that starts on a vendor's events and tells us of each run. */
interface Listening {
	sender: Sender;
	workflow: Workflow;
	url: string;
}

describe('deliveries on n8n 2.40.7 with SQLite', () => {
	let n8n: RestartableN8n;
	let editor: Editor;
	let sink: Server;
	/** How often each event ran a workflow, counted outside of n8n. */
	const runs = new Map<string, number>();
	const listening: Listening[] = [];

	const listen = async (sender: Sender): Promise<Listening> => {
		const credential = await editor.createCredential(sender.credentialType, sender.vendor, {
			apiKey: 'none',
			baseUrl: 'https://vendor.example',
			receiveEvents: true,
			...(sender.vendor === 'LeadConduit' ? { environment: 'custom' } : {}),
			...sender.credential,
		});
		const trigger = {
			...leadwireNode(sender.vendor, sender.type, sender.credentialType, sender.parameters),
			typeVersion: 1.1,
		};
		const { port } = sink.address() as AddressInfo;
		const tell = {
			...leadwireNode('Tell', '', '', {
				url: `=http://127.0.0.1:${port}/?id={{ encodeURIComponent($json.eventId) }}`,
				options: {},
			}),
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			credentials: {},
		} as INode;
		const workflow = await editor.createWorkflow(chain(sender.vendor, [trigger, tell]), [credential]);
		await editor.activate(workflow);
		const url = webhookUrl(n8n.url, workflow, sender.vendor);
		await waitUntilRegistered(url);
		return { sender, workflow, url };
	};

	/** Answers with the status, or `undefined` when no answer came. */
	const post = async (
		url: string,
		headers: Record<string, string | string[]>,
		body: Buffer | string,
	): Promise<number | undefined> => {
		const { origin, pathname } = new URL(url);
		const pool = new Pool(origin, { connections: 1, headersTimeout: 30_000 });
		try {
			const answer = await pool.request({ path: pathname, method: 'POST', headers, body });
			await answer.body.dump();
			return answer.statusCode;
		} catch {
			return undefined;
		} finally {
			await pool.destroy();
		}
	};

	/** Delivers all, some at a time; gives how often each status came. */
	const deliverAll = async ({ sender, url }: Listening, ids: string[]): Promise<Record<string, number>> => {
		const statuses: Record<string, number> = {};
		const left = [...ids];
		const worker = async (): Promise<void> => {
			for (let id = left.shift(); id !== undefined; id = left.shift()) {
				const { headers, body } = sender.deliver(id);
				const status = String(await post(url, headers, body));
				statuses[status] = (statuses[status] ?? 0) + 1;
			}
		};
		await Promise.all(Array.from({ length: 5 }, worker));
		return statuses;
	};

	/** Delivers one as a vendor does, again and again until it is acknowledged; whether it ever was. */
	const deliverPersistently = async ({ sender, url }: Listening, id: string): Promise<boolean> => {
		for (let attempt = 0; attempt < 12; attempt++) {
			const { headers, body } = sender.deliver(id);
			if ((await post(url, headers, body)) === 200) return true;
			await sleep(500 + attempt * 500);
		}
		return false;
	};

	const untilRun = async (ids: string[]): Promise<void> => {
		for (let waits = 0; waits < 150 && !ids.every((id) => runs.has(id)); waits++) await sleep(100);
	};

	/** How many there are and how many have failed; those of the tests before may still be on their way. */
	const executionsOf = async (workflow: Workflow): Promise<{ all: number; failed: number }> => {
		const counts = Object.entries(await editor.countExecutions(workflow));
		const sum = (statuses: typeof counts): number => statuses.reduce((total, [, times]) => total + times, 0);
		const failed = counts.filter(([status]) => !['new', 'running', 'success'].includes(status));
		return { all: sum(counts), failed: sum(failed) };
	};

	const numbered = (name: string, count: number): string[] =>
		Array.from({ length: count }, (_, index) => `${name}-${index}`);

	beforeAll(async () => {
		const tarball = process.env.LEADWIRE_TARBALL;
		if (!tarball) throw new Error('The global setup has not packed the package.');
		sink = createServer(({ url = '' }, response) => {
			const id = new URL(url, 'http://sink').searchParams.get('id') ?? '';
			runs.set(id, (runs.get(id) ?? 0) + 1);
			response.end('{}');
		}).listen(0, '127.0.0.1');
		n8n = await restartableN8n({ version: '2.40.7', tarball });
		await n8n.start();
		editor = await Editor.open(n8n.url);
		for (const sender of senders) listening.push(await listen(sender));
	}, 180_000);

	afterAll(async () => {
		await n8n?.stop();
		sink?.close();
	}, 30_000);

	it('run once, also when they are delivered again after n8n was killed', async () => {
		const trigger = listening.find(({ sender }) => sender === sparx)!;
		const ids = numbered('killed', 60);
		expect(await deliverAll(trigger, ids)).toEqual({ 200: 60 });
		await untilRun(ids);
		await n8n.kill();
		await n8n.start();
		await waitUntilRegistered(trigger.url);
		expect(await deliverAll(trigger, ids)).toEqual({ 200: 60 });
		// What comes last runs last: by then those before it would have run.
		await deliverAll(trigger, ['after all']);
		await untilRun(['after all']);
		expect(ids.map((id) => runs.get(id))).toEqual(ids.map(() => 1));
	}, 240_000);

	it('are all run when n8n acknowledges them, while its database is locked again and again', async () => {
		const trigger = listening.find(({ sender }) => sender === spara)!;
		const ids = numbered('locked', 40);
		const database = new DatabaseSync(n8n.databaseFile);
		database.exec('PRAGMA busy_timeout = 5000');
		const lock = async (): Promise<void> => {
			for (const ms of [6000, 7000]) {
				await sleep(500);
				database.exec('BEGIN EXCLUSIVE');
				await sleep(ms);
				database.exec('COMMIT');
			}
		};
		const [acknowledged] = await Promise.all([
			Promise.all(
				ids.map(async (id, index) => {
					await sleep(index * 200);
					return (await deliverPersistently(trigger, id)) ? [id] : [];
				}),
			),
			lock(),
		]);
		database.close();
		expect(acknowledged.flat().length).toBeGreaterThan(30);
		await untilRun(acknowledged.flat());
		expect(acknowledged.flat().filter((id) => runs.get(id) !== 1)).toEqual([]);
	}, 240_000);

	it(`of strangers run nothing, and leave no failed execution behind: ${STRANGERS} for each trigger`, async () => {
		for (const { sender, workflow, url } of listening) {
			const clock = new FakeClock(11);
			const seen = sender.deliver('stranger-saw-this');
			await post(url, seen.headers, seen.body);
			const before = await executionsOf(workflow);
			const statuses: Record<string, number> = {};
			const unexpected = new Set<string>();
			let left = STRANGERS;
			const worker = async (): Promise<void> => {
				while (left-- > 0) {
					const { kind, headers, body } = hostileRequest(seen, () => clock.random());
					// n8n's own reader of XML never answers a body that is none, whichever node it is for.
					if (headers['content-type'] === 'application/xml') continue;
					const status = await post(url, headers, body);
					statuses[String(status)] = (statuses[String(status)] ?? 0) + 1;
					if (status === undefined || status >= 500)
						unexpected.add(`${kind} ${JSON.stringify(headers['content-type'])}: ${status}`);
				}
			};
			await Promise.all(Array.from({ length: 4 }, worker));
			console.info(`${sender.vendor}: ${JSON.stringify(statuses)}`);
			expect([...unexpected]).toEqual([]);
			expect(await executionsOf(workflow)).toEqual(before);
		}
	}, 600_000);
});
