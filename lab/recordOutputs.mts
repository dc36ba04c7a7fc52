/**
 * `npm run schemas`: runs the node tests, records the shape of everything that the operations give, and writes it to
 * lab/outputs/recorded, from where the build makes the output schemas. With a pattern (`npm run schemas -- spara/call`) only the
 * tests whose path has it are run, and what they show is added to what is there.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { say } from './command.mjs';
import { RECORDED, recordedOutputs, type NodeOutputs, type RecordedOutput } from './outputs/recording.mts';
import { merge } from './outputs/shape.mts';

const [pattern] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'leadwire-outputs-'));
// That every operation has a shape is asked of what is recorded here, not of what was before.
const unasked = [
	'--testPathIgnorePatterns',
	'engine/outputs',
	'under-fire',
	'limits',
	'lists',
	'<rootDir>/test/node/spara/search',
];
const arguments_ = [
	'--selectProjects',
	'node',
	'--runInBand',
	...unasked,
	...(pattern ? ['--testPathPatterns', pattern] : []),
];
execFileSync('npx', ['jest', ...arguments_], {
	env: { ...process.env, LEADWIRE_RECORD: folder },
	stdio: ['ignore', 'ignore', 'inherit'],
});

const nodes: Record<string, NodeOutputs> = {};
if (pattern) {
	for (const file of readdirSync(RECORDED))
		nodes[basename(file, '.json')] = recordedOutputs(basename(file, '.json'));
}
for (const file of readdirSync(folder).sort()) {
	for (const line of readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean)) {
		const { node, resource, operation, form, shape } = JSON.parse(line) as RecordedOutput;
		const forms = (((nodes[node] ??= {})[resource] ??= {})[operation] ??= {});
		forms[form] = merge(forms[form], shape);
	}
}
rmSync(folder, { recursive: true });

const sorted = <Kind,>(entries: Record<string, Kind>): Record<string, Kind> =>
	Object.fromEntries(Object.entries(entries).sort(([one], [other]) => one.localeCompare(other)));

mkdirSync(RECORDED, { recursive: true });
for (const [node, resources] of Object.entries(nodes)) {
	const ordered = Object.entries(sorted(resources)).map(([name, operations]) => [name, sorted(operations)]);
	writeFileSync(
		join(RECORDED, `${node}.json`),
		`${JSON.stringify(Object.fromEntries(ordered), null, '\t')}\n`,
	);
	const count = Object.values(resources).reduce((sum, operations) => sum + Object.keys(operations).length, 0);
	say(`${node}: ${count} operations`);
}
