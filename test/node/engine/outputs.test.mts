import type { INodePropertyOptions, INodeType } from 'n8n-workflow';
import packageJson from '../../../package.json';
import { recordedOutputs, UNKNOWN_SHAPE } from '../../../lab/outputs/recording.mts';

const files = packageJson.n8n.nodes.filter((file) => !file.endsWith('Trigger.node.js'));

describe.each(files)('%s', (file) => {
	const source = `../../../${file.replace(/^dist\//, '').replace(/\.js$/, '')}`;
	const [type] = Object.values(jest.requireActual(source) as Record<string, new () => INodeType>);
	const { name, properties } = new type().description;
	const operations = properties
		.filter((property) => property.name === 'operation')
		.flatMap(({ displayOptions, options }) =>
			((options ?? []) as INodePropertyOptions[]).map(
				({ value }) => [String(displayOptions?.show?.resource?.[0]), String(value)] as const,
			),
		)
		.filter(([resource]) => !UNKNOWN_SHAPE.includes(resource));

	it('has a recorded shape for every operation, with a member at least (else: npm run schemas)', () => {
		const outputs = recordedOutputs(name);
		const missing = operations.filter(([resource, operation]) => {
			const { output, withOptions } = outputs[resource]?.[operation] ?? {};
			return Object.keys((output ?? withOptions)?.properties ?? {}).length === 0;
		});
		expect(missing.map((pair) => pair.join('.'))).toEqual([]);
	});
});
