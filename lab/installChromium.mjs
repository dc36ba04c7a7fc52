/**
 * Makes sure that there is a Chromium for the browser tests: $CHROMIUM, or Debian's, installed with apt where that is possible.
 * Prints its path on stdout.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runScript } from './command.mjs';
import { installPackages } from './debian.mjs';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the Chromium to use; undefined where there is none. */
export function findChromium() {
	return [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path));
}

/** Installs Chromium where it is missing and gives its path. */
export async function installChromium() {
	const found = findChromium();
	if (found) return found;
	installPackages(['chromium']);
	const installed = findChromium();
	if (!installed) throw new Error(`apt installed Chromium, but at none of ${PLACES.join(', ')}.`);
	return installed;
}

if (resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
	await runScript(async () => process.stdout.write(`${await installChromium()}\n`));
}
