import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from './ports.mts';

const run = promisify(execFile);
const node = resolve('node_modules/.bin/node');

/** Where Debian's and Ubuntu's packages put the programs of each PostgreSQL version. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

const START_TIMEOUT_MS = 60_000;

/** A server of ours on a free port of 127.0.0.1. */
export interface Service {
	port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/** A program that ends with this process, however this process ends; its data folder goes with it. */
export interface Guarded {
	process: ChildProcess;
	/** Everything it has written to stdout and stderr so far. */
	log(): string;
	isRunning(): boolean;
	/** Asks it to end, and insists after ten seconds. */
	stop(): Promise<void>;
	/** Ends it and all its children at once, as a power cut would. */
	kill(): Promise<void>;
}

/** Starts a program under `lab/guard.mjs`. The folder is removed when it has ended. */
export function startGuarded(
	folder: string,
	command: string,
	commandArguments: string[],
	env: Record<string, string>,
): Guarded {
	const guard = spawn(node, [resolve('lab/guard.mjs'), folder, command, ...commandArguments], {
		env,
		detached: true,
	});
	const ended = once(guard, 'exit');
	let log = '';
	for (const output of [guard.stdout, guard.stderr])
		output.setEncoding('utf8').on('data', (text) => (log += text));
	const isRunning = (): boolean => guard.exitCode === null && guard.signalCode === null;
	return {
		process: guard,
		log: () => log,
		isRunning,
		async stop() {
			guard.stdin.end();
			await ended;
		},
		async kill() {
			if (isRunning()) process.kill(-guard.pid!, 'SIGKILL');
			await ended;
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/**
 * Waits until `isReady`.
 * @throws Error with the end of the program's log when it ends first, or after 60 s
 */
export async function waitFor(
	name: string,
	{ log, isRunning }: Guarded,
	isReady: () => boolean | Promise<boolean>,
): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline && isRunning()) {
		if (await isReady()) return;
		await sleep(100);
	}
	throw new Error(`${name} did not start:\n${log().slice(-3000)}`);
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made. */
function asDatabaseUser(command: string, commandArguments: string[]): [string, string[]] {
	if (process.getuid?.() !== 0) return [command, commandArguments];
	return [
		'setpriv',
		['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...commandArguments],
	];
}

/**
 * A PostgreSQL with one empty database `n8n` that its user `n8n` owns, without a password. `restart` ends all
 * connections at once, as a server does that is shut down for an update, and starts it again on its data.
 * @throws Error when the programs of the package `postgresql` are missing
 */
export async function startPostgres(): Promise<Service & { restart(): Promise<void> }> {
	const [version] = existsSync(POSTGRES_VERSIONS) ? readdirSync(POSTGRES_VERSIONS).sort().reverse() : [];
	if (!version) throw new Error('PostgreSQL is missing: apt-get install postgresql');
	const program = (name: string): string => join(POSTGRES_VERSIONS, version, 'bin', name);
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-postgres-'));
	chmodSync(folder, 0o777);
	const data = join(folder, 'data');
	const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
	const setup = async (name: string, options: string[]): Promise<void> => {
		await run(...asDatabaseUser(program(name), options), { env, cwd: '/' });
	};
	await setup('initdb', ['-D', data, '-U', 'n8n', '--auth=trust', '--encoding=UTF8', '--no-sync']);
	const port = await findFreePort();
	const [command, options] = asDatabaseUser(program('postgres'), [
		...['-D', data, '-p', String(port), '-k', folder],
		...['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'],
	]);
	const start = async (): Promise<Guarded> => {
		// The guard removes the folder that it is given; the data are to stay over a restart.
		const started = startGuarded(mkdtempSync(join(tmpdir(), 'leadwire-run-')), command, options, env);
		await waitFor('PostgreSQL', started, () => started.log().includes('ready to accept connections'));
		return started;
	};
	let server = await start();
	await setup('createdb', ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n']);
	return {
		port,
		async stop() {
			await server.stop();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		},
		async restart() {
			await setup('pg_ctl', ['-D', data, '-m', 'fast', '-w', 'stop']);
			server = await start();
		},
	};
}

/**
 * A Redis without persistence.
 * @throws Error when the program of the package `redis-server` is missing
 */
export async function startRedis(): Promise<Service> {
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-redis-'));
	const port = await findFreePort();
	const server = startGuarded(
		folder,
		'redis-server',
		[
			...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
			...['--save', '', '--appendonly', 'no'],
		],
		{ PATH: process.env.PATH ?? '' },
	);
	await waitFor('Redis (apt-get install redis-server)', server, () =>
		server.log().includes('Ready to accept connections'),
	);
	return { port, stop: server.stop };
}
