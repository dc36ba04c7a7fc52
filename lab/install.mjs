/** Makes the development tree ready on a fresh clone; returns at once when it is. Needs Node.js >= 20 and npm, nothing else. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm, runScript } from './command.mjs';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where the npm package `node` puts the Node.js 24 that everything here runs on. */
export const node24 = join(root, 'node_modules', 'node', 'bin', 'node');

/**
 * @param {string} lockfile path in this folder
 * @returns {Record<string, { version?: string, optional?: boolean, extraneous?: boolean }>} by their path
 */
function packagesIn(lockfile) {
	const path = join(root, lockfile);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** npm writes node_modules/.package-lock.json last, so an interrupted install does not count as done. */
function matchesLockfile() {
	const installed = packagesIn(join('node_modules', '.package-lock.json'));
	return Object.entries(packagesIn('package-lock.json'))
		.filter(([path, entry]) => path !== '' && !entry.optional && !entry.extraneous)
		.every(([path, entry]) => installed[path]?.version === entry.version);
}

/** Installs the development packages and Node.js 24 where they are missing or differ from package-lock.json. */
export async function prepareDevelopmentTree() {
	if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
		throw new Error(`Node.js ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
	}
	if (!matchesLockfile()) {
		await runNpm(
			'Installing the development packages (1.2 GB, 1 to 3 minutes)',
			['ci', '--ignore-scripts'],
			root,
		);
	}
	if (!existsSync(node24)) {
		await runNpm('Installing Node.js 24 for this folder', ['rebuild', 'node'], root);
	}
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await runScript(prepareDevelopmentTree);
}
