import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';

const root = path.resolve(__dirname, '../../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
	devDependencies: Record<string, string>;
};

const folders = ['nodes', 'credentials', 'sandbox', 'lab', 'test', '.ci'];
const sources = [
	...folders.flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			path.join(folder, file),
		),
	),
	...readdirSync(root),
].filter((file) => /\.(m|c)?[jt]s$/.test(file) && !file.startsWith('sandbox/page/browser/'));

/** What is needed without being imported by name: by whom. */
const usedOtherwise: Record<string, string> = {
	'@stryker-mutator/core': 'run by hand: mutation tests of the transport',
	'@stryker-mutator/jest-runner': 'loaded by Stryker',
	'@swc/core': 'loaded by @swc/jest',
	'@swc/jest': 'the transform in jest.config.mjs',
	'@types/jest': 'types',
	'@types/luxon': 'types',
	'@types/node': 'types',
	eslint: 'npm run lint',
	jest: 'npm test',
	node: 'the Node.js 24 that the scripts run on',
	'playwright-core': 'npm run test:browser',
	prettier: 'npm run format',
	typescript: 'npm run lint',
};

/** Packages that a source imports, requires or resolves by name. */
function packagesOf(file: string): string[] {
	const text = readFileSync(path.join(root, file), 'utf8');
	const names = [
		...text.matchAll(
			/(?:^|\s)(?:from|import)\s+'([^'.][^']*)'|(?<!typeof )(?:import|require|require\.resolve)\(\s*'([^'.][^']*)'/gm,
		),
	].map(([, imported, called]) => imported ?? called);
	return names
		.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
		.map((name) =>
			name
				.split('/')
				.slice(0, name.startsWith('@') ? 2 : 1)
				.join('/'),
		);
}

const imported = new Map<string, string>();
for (const file of sources) {
	for (const name of packagesOf(file)) if (!imported.has(name)) imported.set(name, file);
}

describe('development dependencies', () => {
	it('are declared where they are imported', () => {
		const undeclared = [...imported].filter(([name]) => !(name in manifest.devDependencies));
		expect(undeclared).toEqual([]);
	});

	it('are imported, or used in another way that is told here', () => {
		const unused = Object.keys(manifest.devDependencies).filter(
			(name) => !imported.has(name) && !(name in usedOtherwise),
		);
		expect(unused).toEqual([]);
	});

	it('are told here only as long as they are declared', () => {
		const stale = Object.keys(usedOtherwise).filter((name) => !(name in manifest.devDependencies));
		expect(stale).toEqual([]);
	});
});
