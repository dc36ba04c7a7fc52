/**
 * `npm run scan`: n8n's scanner of community packages, before publication: over the sources and over the packed tarball. Its own
 * command knows only what is on npm already and lets warnings pass; so the rules are taken from it, and here nothing passes.
 */
import { SOURCE_FILE_PATTERNS, buildScanConfig } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { runScript } from './command.mjs';
import { packPackage } from './pack.mts';

/** What the scanner looks at in a published tarball. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

/** Six vendors and their output schemas: 202 kB on 2026-11-28. */
const LARGEST_TARBALL_KB = 250;

/**
 * Prints one check and gives whether it passed.
 * @param {string} title
 * @param {boolean} passed
 * @param {string} found
 */
function check(title, passed, found) {
	console.log(`${passed ? 'ok    ' : 'FAILED'}  ${title}: ${found}`);
	return passed;
}

/**
 * @param {string} title
 * @param {string} folder
 * @param {string[]} filePatterns
 */
async function lint(title, folder, filePatterns) {
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await buildScanConfig(),
	});
	const results = await eslint.lintFiles(filePatterns);
	const { format } = await eslint.loadFormatter('stylish');
	process.stdout.write(await format(results));
	const count = (/** @type {'errorCount' | 'warningCount'} */ kind) =>
		results.reduce((sum, result) => sum + result[kind], 0);
	const [errors, warnings] = [count('errorCount'), count('warningCount')];
	return check(
		title,
		errors + warnings === 0,
		`${results.length} files, ${errors} errors, ${warnings} warnings`,
	);
}

/** @param {string} folder */
function checkManifest(folder) {
	const { dependencies = {}, peerDependencies } = JSON.parse(
		readFileSync(join(folder, 'package.json'), 'utf8'),
	);
	return [
		check('dependencies, must be empty', isDeepStrictEqual(dependencies, {}), JSON.stringify(dependencies)),
		check(
			'peerDependencies, must be n8n-workflow at any version',
			isDeepStrictEqual(peerDependencies, { 'n8n-workflow': '*' }),
			JSON.stringify(peerDependencies),
		),
	];
}

async function scanTarball() {
	const tarball = await packPackage();
	const folder = mkdtempSync(join(tmpdir(), 'leadwire-scan-'));
	try {
		execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
		const size = statSync(tarball).size / 1000;
		return [
			await lint('tarball', folder, TARBALL_FILE_PATTERNS),
			check(
				`tarball size, must be under ${LARGEST_TARBALL_KB} kB`,
				size < LARGEST_TARBALL_KB,
				`${size.toFixed(1)} kB`,
			),
			...checkManifest(folder),
		];
	} finally {
		rmSync(folder, { recursive: true });
	}
}

await runScript(async () => {
	const checks = [await lint('source', process.cwd(), SOURCE_FILE_PATTERNS), ...(await scanTarball())];
	if (checks.includes(false)) throw new Error('The scan found something; see above.');
});
