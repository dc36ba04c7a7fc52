/**
 * Installs n8n once per version into a folder shared by all clones and prints that folder on stdout.
 * Usage: node lab/installN8n.mjs <version>. $LEADWIRE_CACHE says where; by default ~/.cache/n8n-nodes-leadwire.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runNpm, runScript, say } from './command.mjs';

/**
 * Each version's dependencies that have to be pinned: their newest releases need packages npm's registry does not have.
 * @type {Record<string, Record<string, string>>}
 */
const OVERRIDES = {
	'2.40.7': { linkedom: '0.18.12' },
	'1.123.81': { linkedom: '0.18.12', xlsx: '0.18.5' },
};

/**
 * Whether the process that wrote the lock file still runs.
 * @param {string} path
 */
function isHeld(path) {
	try {
		process.kill(Number(readFileSync(path, 'utf8')), 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

/**
 * Creates the lock file, or waits for its holder; a lock whose holder is gone is taken over.
 * @param {string} path
 */
async function lock(path) {
	for (let told = false; ; told = true) {
		try {
			writeFileSync(path, String(process.pid), { flag: 'wx' });
			return;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (isHeld(path)) {
			if (!told) say('Another process is installing this n8n already; waiting for it.');
			await sleep(1_000);
		} else {
			rmSync(path, { force: true });
		}
	}
}

/**
 * @param {string} version
 * @param {string} folder
 * @param {string} manifest content of the folder's package.json
 */
async function install(version, folder, manifest) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), manifest);
	// Some optional parts of n8n download binaries in their install scripts; n8n runs without them, but not without SQLite.
	await runNpm(`Installing n8n ${version} (2.8 GB, 2 to 4 minutes)`, ['install', '--ignore-scripts'], folder);
	await runNpm(`Building SQLite for n8n ${version}`, ['rebuild', 'sqlite3'], folder);
}

/** @param {string} version */
async function installOnce(version) {
	const overrides = OVERRIDES[version];
	if (!overrides) {
		throw new Error(`n8n ${version} is not among the tried versions: ${Object.keys(OVERRIDES).join(', ')}.`);
	}
	const cache = process.env.LEADWIRE_CACHE || join(homedir(), '.cache', 'n8n-nodes-leadwire');
	const folder = join(cache, `n8n-${version}`);
	const finishedMarker = join(folder, '.finished');
	const manifest = JSON.stringify({ private: true, dependencies: { n8n: version }, overrides }, null, '\t');
	const isFinished = () => existsSync(finishedMarker) && readFileSync(finishedMarker, 'utf8') === manifest;

	if (!isFinished()) {
		mkdirSync(cache, { recursive: true });
		const lockFile = `${folder}.lock`;
		await lock(lockFile);
		try {
			if (!isFinished()) {
				await install(version, folder, manifest);
				writeFileSync(finishedMarker, manifest);
			}
		} finally {
			rmSync(lockFile);
		}
	}
	process.stdout.write(`${folder}\n`);
}

await runScript(() => installOnce(process.argv[2]));
