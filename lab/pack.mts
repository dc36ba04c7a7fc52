import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runNpm } from './command.mjs';

/**
 * Packs what is built as npm would publish it.
 * @returns path of the tarball, below the ignored .cache folder
 */
export async function packBuilt(): Promise<string> {
	const folder = resolve('.cache/package');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	await runNpm('Packing it', ['pack', '--ignore-scripts', '--pack-destination', folder], process.cwd());
	return join(folder, readdirSync(folder)[0]);
}

/**
 * Builds the package and packs it.
 * @returns path of the tarball
 * @throws Error with the end of the build's output
 */
export async function packPackage(): Promise<string> {
	await runNpm('Building the package', ['run', 'build'], process.cwd());
	return await packBuilt();
}
