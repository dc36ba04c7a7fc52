import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runNpm } from './command.mjs';

const run = promisify(execFile);

/** Whether this clone has the commit: a shallow one, or a copy without its history, has not. */
export async function hasCommit(commit: string): Promise<boolean> {
	return await run('git', ['cat-file', '-e', `${commit}^{commit}`]).then(
		() => true,
		() => false,
	);
}

/**
 * The package as an earlier commit had it, built by today's tools and packed; kept in the cache, since a commit never changes.
 * @param commit its full hash
 * @returns path of the tarball
 * @throws Error when this clone does not have the commit, as after a shallow one, or it does not build
 */
export async function packCommit(commit: string): Promise<string> {
	const cache = process.env.LEADWIRE_CACHE || join(homedir(), '.cache', 'n8n-nodes-leadwire');
	const tarball = join(cache, 'packages', `${commit}.tgz`);
	if (existsSync(tarball)) return tarball;
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-commit-'));
	try {
		const archive = join(folder, 'sources.tar');
		await run('git', ['archive', '--format=tar', `--output=${archive}`, commit]).catch((error) => {
			throw new Error(`This clone does not have ${commit}: git fetch --unshallow. (${error.message})`);
		});
		const sources = join(folder, 'sources');
		mkdirSync(sources);
		await run('tar', ['-xf', archive, '-C', sources]);
		symlinkSync(resolve('node_modules'), join(sources, 'node_modules'));
		await runNpm(`Building the package of ${commit.slice(0, 7)}`, ['run', 'build'], sources);
		await runNpm('Packing it', ['pack', '--ignore-scripts', '--pack-destination', folder], sources);
		const { name, version } = JSON.parse((await run('git', ['show', `${commit}:package.json`])).stdout);
		mkdirSync(join(cache, 'packages'), { recursive: true });
		copyFileSync(join(folder, `${name}-${version}.tgz`), tarball);
		return tarball;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
