/** What version 0.1.0 left in an n8n, taken over by this version: nothing is lost, and nothing starts twice. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import { waitUntilRegistered, webhookUrl, type Credential, type Workflow } from '../../lab/rest.mts';
import { MANUAL_TRIGGER } from '../../lab/workflows.mts';
import {
	oldEventWorkflows,
	oldManualWorkflows,
	oldPollingWorkflows,
	registerByHand,
	storeOldCredentials,
} from './oldWorkflows.mts';
import { openQueueStage, packedPackage, type QueueStage } from './stage.mts';

const OLD_NODE_TYPES = 12;
const PATIENCE_MS = 90_000;
/** Whose URLs a person registers. */
const BY_HAND = ['spara', 'sparkLoop'];

type Deliver = (variant: 'genuine' | 'repeated') => Promise<Array<{ status?: number }>>;

/** Waits until what `find` gives satisfies `isEnough`; gives it. */
async function eventually<Found>(
	find: () => Promise<Found>,
	isEnough: (found: Found) => boolean,
): Promise<Found> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const found = await find();
		if (isEnough(found) || Date.now() > deadline) return found;
		await sleep(250);
	}
}

// A clone without its history does not have what 0.1.0 was made of, and nothing else can stand for it.
const describeWithHistory = process.env.LEADWIRE_OLD_TARBALL ? describe : describe.skip;

describeWithHistory('From 0.1.0 to this version, n8n 2.40.7 in queue mode', () => {
	let stage: QueueStage;
	let credentials: Credential[];
	const manual: Workflow[] = [];
	const onEvents: Record<string, Workflow> = {};
	const polling: Record<string, Workflow> = {};
	const given = new Map<string, string[]>();
	let runsBefore: Record<string, number>;
	/** How many subscribers of SparkLoop have had their event. */
	let sent = 0;
	/** Leads and customers that there were when polling began. */
	let known: Set<string>;

	const published = () => [...Object.values(onEvents), ...Object.values(polling)];
	const leads = () => stage.sandbox.spara.leads();
	const emit = (): Record<string, Deliver> => {
		const { spara, leadconduit, leadiosa, sparkloop, sparx } = stage.sandbox;
		const callable = leads().find(({ data }) => data.email && data.phone_number)?.id ?? '';
		const [delivered] = leadconduit.leads({ flow: 'flow_solar' });
		const subscribers = sparkloop.subscribers().map(({ email }) => email);
		return {
			spara: async (variant) => await spara.emit({ event: 'lead.created', leadId: callable, variant }),
			leadConduit: async (variant) =>
				await leadconduit.emit({ event: 'lead.delivered', leadId: delivered.id, variant }),
			leadiosa: async (variant) => await leadiosa.emit({ event: 'message.created', variant }),
			sparkLoop: async (variant) =>
				// Its events have no ID: another one is about another subscriber.
				await sparkloop.emit({
					event: 'new_referral',
					subscriber: subscribers[variant === 'repeated' ? 0 : sent++],
					variant,
				}),
			sparx: async (variant) => await sparx.emit({ event: 'redirect.added', variant }),
		};
	};
	const runsOf = async (workflow: Workflow) =>
		(await stage.editor.executions(workflow)).filter(({ mode }) => mode !== 'manual').length;
	/** The records that the polls of a workflow have given so far. */
	const polled = async (workflow: Workflow, count: number): Promise<string[]> => {
		const runs = await stage.editor.awaitExecutions(workflow, count);
		return runs.flatMap(({ data: { resultData } }) =>
			(resultData.runData[workflow.nodes[0].name][0].data?.main[0] ?? []).map(({ json }) =>
				String((json.lead as IDataObject).id),
			),
		);
	};
	/** Runs a workflow by hand; gives the IDs of its output. */
	const run = async (workflow: Workflow): Promise<string[]> => {
		const { data } = await stage.editor.run(workflow, MANUAL_TRIGGER);
		expect(data.resultData.error).toBeUndefined();
		const items = data.resultData.runData[workflow.nodes[1].name][0].data?.main[0] ?? [];
		return items.map(({ json }) => String(json.id ?? json.uuid));
	};

	beforeAll(async () => {
		stage = await openQueueStage(2, 10, {}, packedPackage('old'));
		const { editor, queue, sandbox, sandboxUrl } = stage;
		credentials = await storeOldCredentials(editor, sandbox, sandboxUrl);
		for (const file of oldManualWorkflows()) manual.push(await editor.createWorkflow(file, credentials));
		for (const [name, file] of Object.entries(oldEventWorkflows())) {
			onEvents[name] = await editor.createWorkflow(file, credentials);
			const url = webhookUrl(queue.webhookUrl, onEvents[name], file.nodes[0].name);
			registerByHand(name, url, sandbox);
			await editor.activate(onEvents[name]);
			await waitUntilRegistered(url);
		}
		known = new Set([...leads(), ...sandbox.sparx.customers()].map(({ id }) => String(id)));
		for (const [name, file] of Object.entries(oldPollingWorkflows())) {
			polling[name] = await editor.createWorkflow(file, credentials);
			await editor.activate(polling[name]);
		}
		for (const workflow of manual) given.set(workflow.name, await run(workflow));
		for (const [name, deliver] of Object.entries(emit())) {
			// n8n 2 registers in the background; what it got by that, it has once it stands among the static data.
			if (!BY_HAND.includes(name))
				await eventually(
					async () => (await editor.stored(onEvents[name])).staticData ?? {},
					(staticData) => Object.keys(staticData).length > 0,
				);
			expect([name, (await deliver('genuine')).map(({ status }) => status)]).toEqual([name, [200]]);
			await editor.awaitExecutions(onEvents[name], 1);
		}
		runsBefore = Object.fromEntries(
			await Promise.all(
				Object.entries(onEvents).map(async ([name, workflow]) => [name, await runsOf(workflow)] as const),
			),
		);
	}, 300_000);

	afterAll(async () => await stage?.close(), 60_000);

	it('had in 0.1.0 what this test is about: each node type, each workflow running', async () => {
		const types = [...manual, ...published()].flatMap(({ nodes }) => nodes.map(({ type }) => type));
		const own = new Set(types.filter((type) => type.startsWith('n8n-nodes-leadwire.')));
		expect(own.size).toBe(OLD_NODE_TYPES);
		expect(Object.values(runsBefore)).toEqual([1, 1, 1, 1, 1]);
		for (const ids of given.values()) expect(ids.length).toBeGreaterThan(0);
		for (const workflow of published()) {
			const { active, staticData } = await stage.editor.stored(workflow);
			expect([workflow.name, active, staticData !== null]).toEqual([workflow.name, true, true]);
		}
	}, 60_000);

	describe('once the package is replaced and all processes have started anew', () => {
		beforeAll(async () => {
			const now = Date.now() / 1000;
			stage.sandbox.spara.seedLeads({ count: 1, from: now, to: now });
			await stage.sandbox.sparx.addCustomer({ customer: { email: 'meanwhile@example.com' } });
			await stage.queue.replacePackage(packedPackage());
			for (const workflow of Object.values(onEvents))
				await waitUntilRegistered(webhookUrl(stage.queue.webhookUrl, workflow, workflow.nodes[0].name));
		}, 300_000);

		it('everything is still published, and every node type is known', async () => {
			for (const workflow of published())
				expect([workflow.name, (await stage.editor.stored(workflow)).active]).toEqual([workflow.name, true]);
			const known = new Set((await stage.editor.nodeTypes()).map(({ name }) => name));
			for (const { nodes } of [...manual, ...published()])
				for (const { type } of nodes)
					if (type.startsWith('n8n-nodes-leadwire')) expect(known).toContain(type);
			const { main, webhookProcessor, workers } = stage.queue;
			for (const { log } of [main, webhookProcessor, ...workers])
				expect(log()).not.toMatch(/unrecogni[sz]ed/i);
		});

		it.each(['Spara', 'Sparx', 'LeadConduit', 'Leadiosa', 'SparkLoop'])(
			'an old workflow with %s runs as it is and gives the same records',
			async (name) => {
				const workflow = manual.find((each) => each.name === name)!;
				expect(await run(workflow)).toEqual(given.get(name));
			},
			60_000,
		);

		// Of the others 0.1.0 did not save what had come: it wrote that to static data that were not empty before n8n took the run.
		it.each(BY_HAND)('an event of %s that had run before is not run again', async (name) => {
			expect((await emit()[name]('repeated')).map(({ status }) => status)).toEqual([200]);
			expect(await runsOf(onEvents[name])).toBe(1);
		});

		it.each(['spara', 'leadConduit', 'leadiosa', 'sparkLoop', 'sparx'])(
			'a new event of %s is proved by what 0.1.0 had stored, and the old workflow runs to its end',
			async (name) => {
				expect((await emit()[name]('genuine')).map(({ status }) => status)).toEqual([200]);
				const runs = await stage.editor.awaitExecutions(onEvents[name], 2);
				expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
			},
			90_000,
		);

		it('what has come since polling began is polled, each once, and nothing older', async () => {
			const { spara, sparx } = stage.sandbox;
			const come = (): string[] =>
				[...spara.leads(), ...sparx.customers()].map(({ id }) => String(id)).filter((id) => !known.has(id));
			expect(come().length).toBeGreaterThanOrEqual(2);
			const found = async () => [...(await polled(polling.spara, 1)), ...(await polled(polling.sparx, 1))];
			const ids = await eventually(found, (all) => all.length >= come().length);
			expect(ids.sort()).toEqual(come().sort());
		}, 200_000);
	});
});
