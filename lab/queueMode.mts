import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installN8n, installPackage, n8nEnvironment, waitUntilReady, type N8nVersion } from './n8n.mts';
import { findFreePort } from './ports.mts';
import { startGuarded, startPostgres, startRedis, waitFor, type Guarded } from './services.mts';

const node = resolve('node_modules/.bin/node');

/** n8n as larger installations run it: one main process, one that takes webhooks, and workers that run executions. */
export interface QueueMode {
	/** The main process: editor and REST API. */
	url: string;
	/** The webhook processor: production webhooks. */
	webhookUrl: string;
	main: Guarded;
	webhookProcessor: Guarded;
	workers: Guarded[];
	/** Starts one more worker. */
	addWorker(): Promise<Guarded>;
	/** Starts one more process that takes webhooks; gives its base URL. */
	addWebhookProcessor(): Promise<string>;
	/**
	 * Ends all n8n processes, as an operating system does that shuts down, and starts as many anew on the same database with
	 * another package, as containers of a new image do. Addresses stay; `main`, `webhookProcessor` and `workers` are the new ones.
	 */
	replacePackage(tarball: string): Promise<void>;
	/** Ends all processes and removes their data. */
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, Redis, an n8n main process, a webhook processor and workers, each n8n with a data folder of its own
 * that holds the package, as in containers.
 * @param tarball path of the packed community package
 * @param workers how many workers
 * @param concurrency executions that one worker runs at once; with 1, as many executions as workers run in one worker each
 * @throws Error with the end of the log of whichever does not start
 */
export async function startQueueMode({
	version,
	tarball,
	workers: workerCount,
	concurrency = 10,
	environment = {},
}: {
	version: N8nVersion;
	tarball: string;
	workers: number;
	concurrency?: number;
	environment?: Record<string, string>;
}): Promise<QueueMode> {
	const program = join(await installN8n(version), 'node_modules/n8n/bin/n8n');
	const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
	const [port, webhookPort] = [await findFreePort(), await findFreePort()];
	const [url, webhookUrl] = [port, webhookPort].map((each) => `http://127.0.0.1:${each}`);
	const common = {
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: 'n8n',
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
		WEBHOOK_URL: `${webhookUrl}/`,
		...environment,
	};
	let prototype = '';
	let started: Guarded[] = [];
	const start = async (ownPort: number, command: string[]): Promise<Guarded> => {
		const userFolder = mkdtempSync(join(tmpdir(), 'leadwire-n8n-'));
		cpSync(join(prototype, '.n8n/nodes'), join(userFolder, '.n8n/nodes'), { recursive: true });
		const process = startGuarded(userFolder, node, [program, ...command], {
			...n8nEnvironment(userFolder, ownPort),
			...common,
			N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
			QUEUE_HEALTH_CHECK_PORT: String(await findFreePort()),
		});
		started.push(process);
		return process;
	};
	const endN8n = async (): Promise<void> => {
		await Promise.all(started.map(async (process) => await process.stop()));
		started = [];
		rmSync(prototype, { recursive: true, force: true });
	};
	const stop = async (): Promise<void> => {
		await endN8n();
		await Promise.all([postgres.stop(), redis.stop()]);
	};
	const startWorker = async (): Promise<Guarded> => {
		const worker = await start(await findFreePort(), ['worker', `--concurrency=${concurrency}`]);
		await waitFor('The n8n worker', worker, () => /worker is now ready/i.test(worker.log()));
		return worker;
	};
	const startWebhookProcessor = async (ownPort: number): Promise<Guarded> => {
		const processor = await start(ownPort, ['webhook']);
		await waitFor('The webhook processor', processor, () =>
			/webhook listener waiting|ready on|is now ready/i.test(processor.log()),
		);
		return processor;
	};
	const startAll = async (
		packed: string,
	): Promise<Pick<QueueMode, 'main' | 'webhookProcessor' | 'workers'>> => {
		prototype = mkdtempSync(join(tmpdir(), 'leadwire-n8n-'));
		await installPackage(packed, prototype, n8nEnvironment(prototype, 0));
		// The main process goes first: it creates the tables.
		const main = await start(port, ['start']);
		await waitUntilReady(url, main.isRunning).catch((error) => {
			throw new Error(`The main n8n process did not start: ${error.message}.\n${main.log().slice(-3000)}`);
		});
		const webhookProcessor = await startWebhookProcessor(webhookPort);
		return {
			main,
			webhookProcessor,
			workers: await Promise.all(Array.from({ length: workerCount }, startWorker)),
		};
	};
	try {
		const queue: QueueMode = {
			url,
			webhookUrl,
			...(await startAll(tarball)),
			async addWorker() {
				const worker = await startWorker();
				queue.workers.push(worker);
				return worker;
			},
			async addWebhookProcessor() {
				const ownPort = await findFreePort();
				await startWebhookProcessor(ownPort);
				return `http://127.0.0.1:${ownPort}`;
			},
			async replacePackage(packed) {
				await endN8n();
				Object.assign(queue, await startAll(packed));
			},
			stop,
		};
		return queue;
	} catch (error) {
		await stop();
		throw error;
	}
}
