import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { request } from 'undici';
import { findFreePort, requireFreePort } from './ports.mts';
import { startGuarded } from './services.mts';

const START_TIMEOUT = 120_000;
const run = promisify(execFile);
const executables = resolve('node_modules/.bin');

export type N8nVersion = '2.40.7' | '1.123.81';

export type RunningN8n = {
	version: N8nVersion;
	/** Base URL of editor, REST API and webhooks, without a slash at the end. */
	url: string;
	/** Everything n8n has written to stdout and stderr so far. */
	log(): string;
	/** Runs one n8n command (`execute --id 1`, `import:workflow --input file`) on this n8n's data and gives its stdout. */
	runCli(...cliArguments: string[]): Promise<string>;
	/** Ends n8n with all its child processes and removes its data. */
	stop(): Promise<void>;
};

/**
 * Installs n8n into the user's cache, or finds it there, with progress on stderr; gives the folder.
 * @throws Error once the install script has told on stderr why it failed
 */
export async function installN8n(version: N8nVersion): Promise<string> {
	const script = spawn(join(executables, 'node'), [resolve('lab/installN8n.mjs'), version], {
		env: { ...process.env, PATH: searchPath() },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const folder = (await script.stdout.toArray()).join('').trim();
	if (folder === '') throw new Error(`n8n ${version} could not be installed.`);
	return folder;
}

/**
 * Starts n8n under Node.js 24 on 127.0.0.1 with a fresh data folder that holds the package, and waits until its REST API answers.
 * n8n ends with `stop()` or with this process, however that ends.
 * @param tarball path of the packed community package
 * @throws Error when the port is taken, or n8n ends or stays silent for 120 s (with the end of its log)
 */
export async function startN8n({
	version,
	tarball,
	port,
	environment = {},
}: {
	version: N8nVersion;
	tarball: string;
	port: number;
	environment?: Record<string, string>;
}): Promise<RunningN8n> {
	await requireFreePort(port, 'N8N_PORT');
	const folder = await installN8n(version);
	const userFolder = mkdtempSync(join(tmpdir(), 'leadwire-n8n-'));
	const commandLine = [join(executables, 'node'), join(folder, 'node_modules/n8n/bin/n8n')] as const;
	const variables = { ...n8nEnvironment(userFolder, port), ...environment };
	await installPackage(tarball, userFolder, variables);

	const [node, program] = commandLine;
	const server = startGuarded(userFolder, node, [program, 'start'], {
		...variables,
		N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
	});
	const n8n: RunningN8n = {
		version,
		url: `http://127.0.0.1:${port}`,
		log: server.log,
		async runCli(...cliArguments) {
			const env = { ...variables, N8N_RUNNERS_BROKER_PORT: String(await findFreePort()) };
			const { stdout } = await run(commandLine[0], [commandLine[1], ...cliArguments], {
				env,
				maxBuffer: 64 * 1024 * 1024,
			});
			return stdout;
		},
		stop: server.stop,
	};
	try {
		await waitUntilReady(n8n.url, server.isRunning);
	} catch (error) {
		await n8n.stop();
		throw new Error(`n8n ${version} did not start: ${error.message}.\n\n${server.log().slice(-3_000)}`);
	}
	return n8n;
}

function searchPath(): string {
	return `${executables}${delimiter}${process.env.PATH}`;
}

/** Nothing of this process's own environment but what a program needs: NODE_ENV, NODE_OPTIONS or npm's variables would change n8n. */
export function n8nEnvironment(userFolder: string, port: number): Record<string, string> {
	return {
		PATH: searchPath(),
		HOME: process.env.HOME ?? userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_COMMUNITY_PACKAGES_ALLOW_TOOL_USAGE: 'true',
	};
}

/** As n8n's own installer lays a community package out. The package has no dependencies, so that no registry is asked. */
export async function installPackage(
	tarball: string,
	userFolder: string,
	env: Record<string, string>,
): Promise<void> {
	const folder = join(userFolder, '.n8n/nodes');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "name": "installed-nodes", "private": true }');
	await run(
		'npm',
		[
			'install',
			resolve(tarball),
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--offline',
			'--no-audit',
			'--no-fund',
		],
		{
			cwd: folder,
			env,
		},
	);
}

/** /healthz answers before the REST API does; the login then answers 401 to a stranger. */
export async function waitUntilReady(url: string, isRunning: () => boolean): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT;
	while (Date.now() < deadline) {
		if (!isRunning()) throw new Error('it ended by itself');
		if ((await statusOf(`${url}/healthz`)) === 200 && (await statusOf(`${url}/rest/login`)) === 401) return;
		await sleep(250);
	}
	throw new Error(`it did not answer within ${START_TIMEOUT / 1000} s`);
}

async function statusOf(url: string): Promise<number | undefined> {
	try {
		const { statusCode, body } = await request(url);
		await body.dump();
		return statusCode;
	} catch {
		return undefined;
	}
}
