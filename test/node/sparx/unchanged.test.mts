import type { IDataObject, INode } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { chain, leadwireNode, manual } from '../../../lab/workflows.mts';
import { runWorkflow } from '../engine/run.mts';
import { sequences, type Sequence } from './steps.mts';
import { dialects, keys, openSparx } from './stage.mts';

/** What each step gives in one version of Sparx, from the same workflow. */
async function run({ items = [{}], role, steps }: Sequence, dialect: (typeof dialects)[number]) {
	const stage = await openSparx();
	try {
		stage.sandbox.configure({ dialect });
		const nodes = steps.map(
			({ name, resource, operation, parameters, isForEach }): INode => ({
				...leadwireNode(name, 'sparx', 'sparxApi', { resource, operation, ...parameters }),
				executeOnce: !isForEach,
				alwaysOutputData: true,
				onError: 'continueRegularOutput',
			}),
		);
		const start = manual(items, nodes[0]);
		const { error, runData } = await runWorkflow({
			workflow: { ...start, ...chain('Unchanged', [start.nodes[0], ...nodes]) },
			nodeTypes: { 'n8n-nodes-leadwire.sparx': new Sparx() },
			credentials: { sparxApi: { apiKey: keys[role ?? 'editor'], baseUrl: stage.baseUrl } },
			credentialTypes: [new SparxApi()],
		});
		expect(error).toBeUndefined();
		return steps.map(({ name }) => (runData[name][0].data?.main[0] ?? []).map(({ json }) => json));
	} finally {
		await stage.close();
	}
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;

/** What build B calls otherwise: what kind of customer a lead is. */
const KIND = ['type', 'lifecycleStage', 'leadStatus', 'totalOrdered'];

function withoutKind(key: string, value: unknown): unknown {
	// A company of build B has its domains, if none.
	if (key === 'domains') return undefined;
	const { platform, customFields, ...lead } = (value ?? {}) as IDataObject;
	if (platform !== 'sparx') return value;
	const kept = Object.entries(customFields as IDataObject).filter(([name]) => !KIND.includes(name));
	return { ...lead, status: typeof lead.status, customFields: Object.fromEntries(kept) };
}

/** Without what is new in every run: IDs are named by their first appearance, times by being times. */
function comparable(given: unknown): unknown {
	const seen: string[] = [];
	const named = JSON.stringify(given, withoutKind).replace(UUID, (id) => {
		if (!seen.includes(id)) seen.push(id);
		return `id ${seen.indexOf(id)}`;
	});
	return JSON.parse(named.replace(TIME, 'time'));
}

/** What build A has too, and the node gives in words of its own. */
const ofBuildA = ({ steps, ...sequence }: Sequence): Sequence => ({
	...sequence,
	steps: steps.filter(({ givesOnNewer, resource }) => !givesOnNewer && resource !== 'apiRequest'),
});

describe.each(Object.entries(sequences))('%s', (_name, sequence) => {
	it.each(dialects)('give what is expected, dialect %s', async (dialect) => {
		const given = await run(sequence, dialect);
		const expected = sequence.steps.map(({ name, gives, givesOnNewer = gives }) => ({
			[name]: expect.objectContaining(dialect === 'newer' ? givesOnNewer : gives),
		}));
		expect(given.map(([first], index) => ({ [sequence.steps[index].name]: first }))).toEqual(expected);
	});

	it('give the same on build B as on build A, from the same workflow', async () => {
		const made = ofBuildA(sequence);
		expect(comparable(await run(made, 'newer'))).toEqual(comparable(await run(made, 'observed')));
	});
});
