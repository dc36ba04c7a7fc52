import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installN8n, installPackage, n8nEnvironment, waitUntilReady, type N8nVersion } from './n8n.mts';
import { findFreePort } from './ports.mts';
import { startGuarded, type Guarded } from './services.mts';

const node = resolve('node_modules/.bin/node');

/** One n8n that can be ended in any way and started again on the same data, address and key. */
export interface RestartableN8n {
	url: string;
	/** Its SQLite database, where it has one. */
	databaseFile: string;
	/** Waits until it answers. @param changes variables that are other than before, from now on */
	start(changes?: Record<string, string>): Promise<void>;
	/** Ends it as an operating system does that shuts down: SIGTERM, and SIGKILL ten seconds later. */
	terminate(): Promise<void>;
	/** Ends it as a power cut does. */
	kill(): Promise<void>;
	log(): string;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/**
 * Prepares an n8n with the package installed; `start` starts it.
 * @param tarball path of the packed community package
 * @param environment further environment variables, such as those of another database
 */
export async function restartableN8n({
	version,
	tarball,
	environment = {},
}: {
	version: N8nVersion;
	tarball: string;
	environment?: Record<string, string>;
}): Promise<RestartableN8n> {
	const program = join(await installN8n(version), 'node_modules/n8n/bin/n8n');
	const userFolder = mkdtempSync(join(tmpdir(), 'leadwire-n8n-'));
	const port = await findFreePort();
	const variables = { ...n8nEnvironment(userFolder, port), ...environment };
	await installPackage(tarball, userFolder, variables);
	const url = `http://127.0.0.1:${port}`;
	let running: Guarded | undefined;
	let earlierLog = '';
	const end = async (how: 'stop' | 'kill'): Promise<void> => {
		await running?.[how]();
		earlierLog += running?.log() ?? '';
		running = undefined;
	};
	return {
		url,
		databaseFile: join(userFolder, '.n8n/database.sqlite'),
		async start(changes = {}) {
			Object.assign(variables, changes);
			// The guard removes the folder that it is given; the data are to stay.
			const folder = mkdtempSync(join(tmpdir(), 'leadwire-run-'));
			running = startGuarded(folder, node, [program, 'start'], {
				...variables,
				N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
			});
			await waitUntilReady(url, running.isRunning).catch((error) => {
				throw new Error(`n8n did not start: ${error.message}.\n${running?.log().slice(-3000)}`);
			});
		},
		terminate: async () => await end('stop'),
		kill: async () => await end('kill'),
		log: () => earlierLog + (running?.log() ?? ''),
		async stop() {
			await end('stop');
			rmSync(userFolder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}
