import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNpm } from './command.mjs';

/**
 * Builds the package and packs it as npm would publish it.
 * @returns path of the tarball, alone in a new temporary folder
 * @throws Error with the end of the build's output
 */
export async function packPackage(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-package-'));
	await runNpm('Building the package', ['run', 'build'], process.cwd());
	await runNpm('Packing it', ['pack', '--ignore-scripts', '--pack-destination', folder], process.cwd());
	return join(folder, readdirSync(folder)[0]);
}
