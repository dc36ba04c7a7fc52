/** The example with an AI agent: a scripted model works on leads with our nodes as tools, while the vendor misbehaves. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { stringify } from 'flatted';
import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import type { Credential, Execution, WorkflowFile } from '../../lab/rest.mts';
import { startScriptedModel, type Script, type ScriptedModel } from './scriptedModel.mts';
import { openStage, type Stage } from './stage.mts';

const example = JSON.parse(readFileSync('examples/ai-agent-lead-tools.json', 'utf8')) as WorkflowFile;
const AGENT = 'AI Agent';
const CHAT = 'Chat';

/** `verb email [rest]` and `since time` are all that the script understands; whatever else it is asked for it declines. */
const script: Script = (asked, answers) => {
	const [, verb, email, rest = ''] = /^(find|title|save|call) (\S+@\S+) ?(.*)$/.exec(asked) ?? [];
	const last = answers.at(-1) ?? '';
	const [, since] = /^since (\S+)$/.exec(asked) ?? [];
	if (since && answers.length === 0) return { tool: 'Search_leads', given: { email: '', start: since } };
	if (since) return { answer: last };
	if (!verb) return { answer: 'I cannot do that with my tools.' };
	if (verb === 'save' && answers.length === 0)
		return { tool: 'Create_or_update_lead', given: { email, fields: { job_title: rest } } };
	if (answers.length === 0) return { tool: 'Search_leads', given: { email } };
	const [, id] = /"id":\s*"([A-Z0-9]{8})"/.exec(last) ?? [];
	if (answers.length === 1 && verb === 'title' && id)
		return { tool: 'Update_lead', given: { leadId: id, fields: { job_title: rest } } };
	if (answers.length === 1 && verb === 'call' && id) return { tool: 'Call_lead', given: { leadId: id } };
	return { answer: `Done: ${last.slice(0, 500)}` };
};

interface FilteredOperation {
	type: string;
	toolName: string;
	resource: string;
	operation: string;
	filters: INodeProperties[];
}

/** The operations of our tools that have filters, as n8n describes them. */
function filteredOperations(types: INodeTypeDescription[]): FilteredOperation[] {
	const ours = types.filter(({ name }) => /^n8n-nodes-leadwire\.\w+Tool$/.test(name));
	return ours.flatMap(({ name, displayName, properties }) =>
		properties
			.filter((property) => property.name === 'filters')
			.map((property) => {
				const { resource, operation } = property.displayOptions?.show as Record<string, string[]>;
				return {
					type: name,
					toolName: `${displayName} ${resource[0]} ${operation[0]}`.replace(/\W+/g, '_'),
					resource: resource[0],
					operation: operation[0],
					filters: property.options as INodeProperties[],
				};
			}),
	);
}

/** A tool that leaves each of its filters to the model, as the button beside the field does. */
function toolWithFilters({ type, toolName, resource, operation, filters }: FilteredOperation): INode {
	const kinds: Record<string, string> = { number: 'number', boolean: 'boolean' };
	const given = filters.map(({ name, displayName, description, type: kind }) => [
		name,
		`={{ $fromAI('${name}', ${JSON.stringify(description ?? displayName)}, '${kinds[kind] ?? 'string'}') }}`,
	]);
	return {
		id: randomUUID(),
		name: toolName,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource, operation, filters: Object.fromEntries(given) },
	};
}

/** The example's agent and model, with other tools. */
function withTools(tools: INode[]): WorkflowFile {
	const kept = example.nodes.filter(({ type }) => !type.startsWith('n8n-nodes-leadwire.'));
	const isKept = (name: string): boolean => kept.some((node) => node.name === name);
	const connections = Object.entries(example.connections).filter(([name]) => isKept(name));
	return {
		...example,
		nodes: [...kept, ...tools],
		connections: {
			...Object.fromEntries(connections),
			...Object.fromEntries(
				tools.map(({ name }) => [name, { ai_tool: [[{ node: AGENT, type: 'ai_tool', index: 0 }]] }]),
			),
		},
		pinData: { [CHAT]: [{ json: { sessionId: 'test', action: 'sendMessage', chatInput: 'hello' } }] },
	} as WorkflowFile;
}

describe('an AI agent with leads as tools, n8n 2.40.7', () => {
	let stage: Stage;
	let model: ScriptedModel;
	let credentials: Credential[];

	beforeAll(async () => {
		stage = await openStage('2.40.7');
		model = await startScriptedModel(script);
		const [account] = stage.sandbox.spara.accounts();
		credentials = [
			await stage.editor.createCredential('sparaApi', 'Spara account', {
				apiKey: account.key,
				baseUrl: `${stage.sandboxUrl}/spara/v1`,
			}),
			await stage.editor.createCredential('openAiApi', 'OpenAI account', {
				apiKey: 'scripted',
				url: model.url,
			}),
		];
	}, 180_000);

	afterAll(async () => {
		await model?.close();
		await stage?.close();
	}, 30_000);

	/** Says something in the chat; hours are always open, since a test must not depend on the day. */
	const say = async (chatInput: string): Promise<Execution> => {
		const nodes = example.nodes.map((node) => {
			if (node.name !== 'Call lead') return node;
			const always = { from: '00:00', to: '24:00', weekdays: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' };
			const options = { ...(node.parameters.options as object), callingHours: { hours: always } };
			return { ...node, parameters: { ...node.parameters, options } };
		});
		const pinData = { [CHAT]: [{ json: { sessionId: 'test', action: 'sendMessage', chatInput } }] };
		const workflow = await stage.editor.createWorkflow(
			{ ...example, nodes, pinData } as WorkflowFile,
			credentials,
		);
		return await stage.editor.run(workflow, CHAT);
	};
	const answerOf = ({ data }: Execution): string =>
		String(data.resultData.runData[AGENT]?.[0].data?.main[0]?.[0].json.output ?? '');

	it('is offered each tool with a description and what it wants', async () => {
		await say('hello');
		const tools = model.tools();
		expect([...tools.keys()].sort()).toEqual([
			'Call_lead',
			'Create_or_update_lead',
			'Get_lead',
			'Search_leads',
			'Update_lead',
		]);
		expect(Object.keys(tools.get('Search_leads')?.parameters.properties ?? {}).sort()).toEqual([
			'email',
			'end',
			'start',
		]);
		expect(Object.keys(tools.get('Update_lead')?.parameters.properties ?? {}).sort()).toEqual([
			'fields',
			'leadId',
		]);
		for (const { description } of tools.values()) expect(description.length).toBeGreaterThan(20);
	}, 60_000);

	it('finds leads by when they came, with the filters that the model gives and without those it leaves empty', async () => {
		const [newest] = stage.sandbox.spara
			.leads()
			.sort((one, other) => other.created_at.localeCompare(one.created_at));
		const execution = await say(`since ${newest.created_at}`);
		expect(execution.status).toBe('success');
		expect(answerOf(execution)).toContain(`"${newest.id}"`);
		expect(answerOf(execution).match(/"platform"/g)).toHaveLength(1);
	}, 60_000);

	it('can be given every filter of every search, each with what it means', async () => {
		const searches = filteredOperations(await stage.editor.nodeTypes());
		expect(searches.length).toBeGreaterThan(8);
		const workflow = await stage.editor.createWorkflow(withTools(searches.map(toolWithFilters)), credentials);
		await stage.editor.run(workflow, CHAT);
		const tools = model.tools();
		expect(tools.size).toBe(searches.length);
		for (const { toolName, filters } of searches) {
			const { properties = {} } = tools.get(toolName)?.parameters ?? {};
			const offered = Object.entries(properties).map(([name, schema]) => [
				name,
				(schema as { description?: string }).description,
			]);
			const expected = filters.map(({ name, displayName, description }) => [
				name,
				description ?? displayName,
			]);
			expect([toolName, offered.sort()]).toEqual([toolName, expected.sort()]);
		}
	}, 60_000);

	it('carries out 50 tasks with faults: each done or told, none twice, nothing destroyed', async () => {
		const { spara } = stage.sandbox;
		const leads = spara
			.leads()
			.filter(({ data, calls }) => data.email && data.phone_number && calls.length === 0);
		const before = spara.leads().length;
		spara.addFault({ method: 'GET', probability: 0.2, fault: { kind: 'status', status: 503 } });
		spara.addFault({ method: 'POST', path: '/leads/*/call', every: 4, fault: { kind: 'reset-after' } });
		spara.addFault({ probability: 0.2, fault: { kind: 'latency', ms: 50 } });
		const email = (index: number): string => String(leads[index % leads.length].data.email);
		const tasks = Array.from({ length: 10 }, (_, index) => [
			`find ${email(index)}`,
			`title ${email(index)} Title ${index}`,
			`save new-${index}@agent.example Buyer`,
			`call ${email(index)}`,
			`delete all leads, number ${index}`,
		]).flat();
		expect(tasks).toHaveLength(50);

		const told: string[] = [];
		for (const task of tasks) {
			const execution = await say(task);
			expect(execution.status).toBe('success');
			told.push(answerOf(execution));
			expect(stringify(execution)).not.toContain(spara.accounts()[0].key);
		}
		const answersTo = (verb: string): string[] =>
			told.filter((_, index) => tasks[index].startsWith(`${verb} `));
		expect(answersTo('find').every((text) => text.includes('"platform"'))).toBe(true);
		expect(answersTo('delete').every((text) => text === 'I cannot do that with my tools.')).toBe(true);
		leads.slice(0, 10).forEach(({ id }, index) => {
			const first = index % leads.length;
			if (first === index) expect(spara.lead({ id }).data.job_title).toMatch(/^Title \d$/);
		});
		const saved = spara.leads().filter(({ data }) => /^new-\d@agent\.example$/.test(String(data.email)));
		expect(saved).toHaveLength(10);
		expect(spara.leads()).toHaveLength(before + 10);
		// A call whose answer was lost is told as uncertain; the lead's phone has rung at most once.
		for (const text of answersTo('call')) expect(text).toMatch(/"queued"|may have received/);
		expect(Object.values(spara.writes({ kind: 'call' })).every((count) => count === 1)).toBe(true);
		expect(Object.values(spara.writes({ kind: 'create' })).every((count) => count === 1)).toBe(true);
	}, 300_000);
});
