/**
 * Makes sure that there is a Chromium for the browser tests: $CHROMIUM, or Debian's, installed with apt where that is possible.
 * Prints its path on stdout.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript, say } from './command.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to use; undefined where there is none. */
export function findChromium() {
	return [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
}

function apt(...command) {
	const isRoot = process.getuid?.() === 0;
	const [program, ...rest] = isRoot ? ['apt-get', ...command] : ['sudo', '-n', 'apt-get', ...command];
	execFileSync(program, rest, {
		env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

/** Installs Chromium where it is missing and gives its path. */
export async function installChromium() {
	const found = findChromium();
	if (found) return found;
	say('Installing Chromium (apt, about a minute) ...');
	try {
		apt('update', '-qq');
		apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
	} catch {
		throw new Error(
			'Chromium is missing and could not be installed with apt-get. Install it, or name one with CHROMIUM=<path>.',
		);
	}
	const installed = findChromium();
	if (!installed) throw new Error(`apt installed Chromium, but at none of ${PLACES.join(', ')}.`);
	return installed;
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await runScript(async () => process.stdout.write(`${await installChromium()}\n`));
}
