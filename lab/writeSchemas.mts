/**
 * The last step of the build: writes `dist/nodes/<Vendor>/__schema__/v<version>/<resource>/<operation>.json`, where
 * n8n looks for the output of an operation that has not run yet (n8n-core 2.40, output-schema-resolver). n8n asks by resource
 * and operation only, so a schema is that of the node's defaults: Simplify on.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { say } from './command.mjs';
import { recordedOutputs } from './outputs/recording.mts';
import { jsonSchema } from './outputs/shape.mts';

const SCHEMA_FOLDER = '__schema__/v1.0.0';

const { n8n } = JSON.parse(readFileSync('package.json', 'utf8')) as { n8n: { nodes: string[] } };
let written = 0;
for (const file of n8n.nodes) {
	if (file.endsWith('Trigger.node.js') || !existsSync(file)) continue;
	const folder = join(dirname(file), SCHEMA_FOLDER);
	rmSync(dirname(folder), { recursive: true, force: true });
	const name = basename(file, '.node.js');
	const outputs = recordedOutputs(name[0].toLowerCase() + name.slice(1));
	for (const [resource, operations] of Object.entries(outputs)) {
		mkdirSync(join(folder, resource), { recursive: true });
		for (const [operation, { output, withOptions }] of Object.entries(operations)) {
			const shape = output ?? withOptions;
			if (!shape) continue;
			writeFileSync(join(folder, resource, `${operation}.json`), JSON.stringify(jsonSchema(shape)));
			written++;
		}
	}
}
say(`${written} output schemas written`);
