import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runNpm } from './command.mjs';

/**
 * Builds the package and packs it as npm would publish it.
 * @returns path of the tarball, below the ignored .cache folder
 * @throws Error with the end of the build's output
 */
export async function packPackage(): Promise<string> {
	const folder = resolve('.cache/package');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await runNpm('Building the package', ['run', 'build'], process.cwd());
	await runNpm('Packing it', ['pack', '--ignore-scripts', '--pack-destination', folder], process.cwd());
	return join(folder, readdirSync(folder)[0]);
}
