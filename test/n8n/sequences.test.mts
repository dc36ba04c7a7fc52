/** Every example, imported as a person does it and run with its pinned data: the good way, and the way of what fails. */
import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject, IRunData } from 'n8n-workflow';
import { fetch } from 'undici';
import { exampleCredentials } from '../../lab/examples.mts';
import { waitUntilRegistered, type Credential, type Execution, type WorkflowFile } from '../../lab/rest.mts';
import { alwaysOpen } from '../../lab/workflows.mts';
import { openStage, type Stage } from './stage.mts';

const MOST_NODES = 15;
const STICKY_NOTE = 'n8n-nodes-base.stickyNote';
const WHAT_FAILED = 'What failed';

const files = readdirSync('examples').filter((name) => name.endsWith('.json'));
const read = (name: string): WorkflowFile => JSON.parse(readFileSync(`examples/${name}`, 'utf8'));

/** A vendor of the sandbox, and what of it is to fail. */
type Failing = {
	vendor: 'activeprospect' | 'spara' | 'sparx' | 'leadconduit' | 'leadiosa' | 'sparkloop';
	method: 'GET' | 'POST' | 'PATCH';
};

interface Sequence {
	/** The file, where its name does not say it: one with several beginnings. */
	file?: string;
	trigger: string;
	/** Nodes that must have run when all went well. */
	runs: string[];
	/** What makes its error path run. */
	failing: Failing;
	/** The reason that the failed items give. */
	says?: RegExp;
	/** Where what failed gathers, if it is a file and not items. */
	collector?: string;
	/** Whether it then goes on waiting, as for a lead's answer. */
	waits?: boolean;
}

const sequences: Record<string, Sequence> = {
	'spara-speed-to-lead.json': {
		trigger: 'Spara Trigger',
		runs: ['Call lead', 'Was it called?'],
		failing: { vendor: 'spara', method: 'GET' },
		waits: true,
	},
	'inbound-triage.json': {
		trigger: 'Spara Trigger',
		runs: ['Score', 'Route', 'Call lead'],
		failing: { vendor: 'spara', method: 'POST' },
	},
	'order-from-qualified-call.json': {
		trigger: 'Spara Trigger',
		runs: ['Create or update customer', 'Create order', 'Note the order'],
		failing: { vendor: 'sparx', method: 'GET' },
	},
	'referral-thank-you.json': {
		trigger: 'SparkLoop Trigger',
		runs: ['Record thank-you event', 'Create or update lead'],
		failing: { vendor: 'sparkloop', method: 'POST' },
	},
	'newsletter-to-sparkloop.json': {
		trigger: 'Newsletter webhook',
		runs: ['Subscribe', 'Unsubscribe'],
		failing: { vendor: 'sparkloop', method: 'POST' },
	},
	'sla-unanswered-leads.json': {
		trigger: 'Every half hour',
		runs: ['Search leads', 'Never called'],
		failing: { vendor: 'spara', method: 'GET' },
	},
	'nightly-sweep.json': {
		trigger: 'Every night',
		runs: ['Search leads', 'With a phone', 'Call lead', 'Lost and found'],
		failing: { vendor: 'spara', method: 'GET' },
	},
	'nightly-reconciliation.json': {
		trigger: 'Every night',
		runs: ['Compare by email', 'Create or update customer'],
		failing: { vendor: 'sparx', method: 'GET' },
	},
	'spara-new-lead-call.json': {
		trigger: 'Spara Trigger',
		runs: ['Get lead', 'Update lead', 'Call lead'],
		failing: { vendor: 'spara', method: 'PATCH' },
	},
	'sparx-order-from-spara-lead.json': {
		trigger: 'Spara Trigger',
		runs: ['Find or create customer', 'Create order'],
		failing: { vendor: 'sparx', method: 'GET' },
	},
	'sparx-qualified-call-to-deal.json': {
		trigger: 'Spara Trigger',
		runs: ['Create or update company', 'Link to company', 'Create deal', 'Create task for the owner'],
		failing: { vendor: 'sparx', method: 'POST' },
	},
	'sparx-qualified-call-to-deal.json, won': {
		file: 'sparx-qualified-call-to-deal.json',
		trigger: 'Deal changed',
		runs: ['Create order', 'Attach to the deal'],
		failing: { vendor: 'sparx', method: 'POST' },
	},
	'leadiosa-handoff-call.json': {
		trigger: 'Leadiosa Trigger',
		runs: ['Find lead', 'Call lead', 'Note on conversation'],
		failing: { vendor: 'leadiosa', method: 'POST' },
	},
	'activeprospect-ping-two-buyers.json': {
		trigger: 'New lead',
		runs: ['Ping solar buyers', 'Ping window buyers', 'Better bid', 'Submit lead'],
		failing: { vendor: 'activeprospect', method: 'POST' },
		// A ping shows no key, so it is not the key that is refused.
		says: /did not accept the request/,
	},
	'leadconduit-spreadsheet-to-leads.json': {
		trigger: 'Upload spreadsheet',
		runs: ['Read rows', 'Submit leads', 'Create in Spara'],
		failing: { vendor: 'leadconduit', method: 'POST' },
		collector: 'List of refused leads',
	},
};

describe('an example', () => {
	it.each(files)('%s explains itself, is small enough, and starts with data', (name) => {
		const { nodes, pinData = {} } = read(name);
		expect(nodes.length).toBeLessThanOrEqual(MOST_NODES);
		expect(nodes.some(({ type }) => type === STICKY_NOTE)).toBe(true);
		const triggers = nodes.filter(
			({ type }) => /trigger$|\.webhook$/i.test(type) && !/schedule|manual/i.test(type),
		);
		for (const trigger of triggers) expect(pinData[trigger.name]?.length).toBeGreaterThan(0);
		// A tool that stops on an error tells the model nothing (seen on 2.40.7); every other action has an error output.
		const tools = nodes.filter(({ type }) => /^n8n-nodes-leadwire\..*Tool$/.test(type));
		expect(tools.every(({ onError }) => onError === 'continueRegularOutput')).toBe(true);
		const actions = nodes.filter(({ type }) => /^n8n-nodes-leadwire\.(?!.*(Trigger|Tool)$)/.test(type));
		expect(
			actions.filter(({ onError }) => onError !== 'continueErrorOutput').map(({ name: node }) => node),
		).toEqual([]);
	});
});

describe('a sequence on n8n 2.40.7', () => {
	let stage: Stage;
	let credentials: Credential[];

	beforeAll(async () => {
		stage = await openStage('2.40.7');
		credentials = await exampleCredentials(stage.editor, stage.sandboxUrl, stage.sandbox);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	beforeEach(() => {
		const { activeprospect, spara, sparx, leadconduit, leadiosa, sparkloop } = stage.sandbox;
		for (const vendor of [activeprospect, spara, sparx, leadconduit, leadiosa, sparkloop])
			vendor.clearFaults();
		// Leads of the past day, which the nightly ones look for.
		const dayAgo = Date.now() / 1000 - 20 * 60 * 60;
		stage.sandbox.spara.seedLeads({ count: 4, from: dayAgo, to: dayAgo + 60 });
	});

	const run = async (
		name: string,
		{ file = name, trigger }: Sequence,
	): Promise<{ execution: Execution; runData: IRunData }> => {
		const workflow = await stage.editor.createWorkflow(alwaysOpen(read(file)), credentials);
		const execution = await stage.editor.run(workflow, trigger);
		return { execution, runData: execution.data.resultData.runData };
	};
	const itemsOf = (runData: IRunData, node: string, output = 0): IDataObject[] =>
		(runData[node]?.[0].data?.main[output] ?? []).map(({ json }) => json);

	it.each(Object.entries(sequences))(
		'%s does what it says',
		async (name, sequence) => {
			const { execution, runData } = await run(name, sequence);
			expect(execution.data.resultData.error).toBeUndefined();
			expect(execution.status).toBe(sequence.waits ? 'waiting' : 'success');
			expect(Object.keys(runData)).toEqual(expect.arrayContaining(sequence.runs));
			expect(itemsOf(runData, WHAT_FAILED)).toEqual([]);
		},
		60_000,
	);

	it.each(Object.entries(sequences))(
		'%s says what failed',
		async (name, sequence) => {
			const { vendor, method } = sequence.failing;
			stage.sandbox[vendor].addFault({ method, fault: { kind: 'status', status: 403 } });
			const { execution, runData } = await run(name, sequence);
			expect(execution.status).toBe('success');
			if (sequence.collector) return expect(Object.keys(runData)).toContain(sequence.collector);
			const failed = itemsOf(runData, WHAT_FAILED);
			expect(failed.length).toBeGreaterThan(0);
			for (const item of failed)
				expect(item).toMatchObject({
					failed: expect.stringMatching(sequence.says ?? /does not allow/),
					whatToDo: expect.any(String),
				});
		},
		60_000,
	);

	it('activeprospect-ping-two-buyers.json sells each lead to the better bid, and tells of a return once', async () => {
		const { activeprospect } = stage.sandbox;
		activeprospect.reset();
		const { solar, windows } = activeprospect.flowIds();
		const file = read('activeprospect-ping-two-buyers.json');
		const sold = await stage.editor.run(await stage.editor.createWorkflow(file, credentials), 'New lead');
		expect(activeprospect.leads().map(({ flow, fields }) => [fields.reference, flow])).toEqual([
			['form-1001', windows],
			['form-1002', solar],
		]);
		const [{ id }] = itemsOf(sold.data.resultData.runData, 'Submit lead');
		const leadId = id as string;
		// Idempotency Keys count in production: the CRM tells of the return twice.
		const published = await stage.editor.createWorkflow(file, credentials);
		const url = `${stage.n8n.url}/webhook/lead-returned`;
		await stage.editor.activate(published);
		await waitUntilRegistered(url);
		for (let time = 0; time < 2; time++) {
			await fetch(url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', 'x-token': 'ours' },
				body: JSON.stringify({ leadId, reason: 'wrong number' }),
			});
			await stage.editor.awaitExecutions(published, time + 1);
		}
		await stage.editor.deactivate(published);
		const [delivery] = activeprospect
			.events()
			.filter(({ type, vars }) => type === 'recipient' && (vars.lead as IDataObject).id === leadId);
		expect(activeprospect.writes({ kind: 'feedback' })).toEqual({ [delivery.id]: 1 });
	}, 60_000);
});
