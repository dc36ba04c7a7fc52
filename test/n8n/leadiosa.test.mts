import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'flatted';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { N8nVersion } from '../../lab/n8n.mts';
import {
	waitUntilRegistered,
	webhookUrl,
	type Credential,
	type Execution,
	type Workflow,
	type WorkflowFile,
} from '../../lab/rest.mts';
import { accounts } from '../../sandbox/leadiosa/accounts.mts';
import { openStage, type Stage } from './stage.mts';
import { chain, leadwireNode, manual, MANUAL_TRIGGER } from '../../lab/workflows.mts';

const versions: N8nVersion[] = ['2.40.7', '1.123.81'];
const [acme] = accounts;
const [owner] = acme.tokens;
/** How long n8n may take over a registration, in ms. */
const PATIENCE = 20_000;
const WRONG_TOKEN = 'leadiosa-sandbox-wrong-token';

/** The two ways in which the vendor's own documents say that it speaks. */
const dialects = [
	{ dialect: 'documented', envelope: 'bare' },
	{ dialect: 'dev', envelope: 'wrapped' },
] as const;

describe.each(versions)('Leadiosa on n8n %s', (version) => {
	let stage: Stage;
	let credential: Credential;
	const executions: Execution[] = [];

	const leadiosa = () => stage.sandbox.leadiosa;

	const createCredential = async (apiKey: string) =>
		await stage.editor.createCredential('leadiosaApi', 'Leadiosa', {
			apiKey,
			baseUrl: `${stage.sandboxUrl}/leadiosa/api/v1`,
			limitRate: true,
			rateLimitRequests: 10_000,
			rateLimitSeconds: 60,
		});

	const execute = async (
		resource: string,
		operation: string,
		parameters: IDataObject,
		items: IDataObject[],
	) => {
		const node = leadwireNode('Leadiosa', 'leadiosa', 'leadiosaApi', { resource, operation, ...parameters });
		const workflow = await stage.editor.createWorkflow(manual(items, node), [credential]);
		const execution = await stage.editor.run(workflow, MANUAL_TRIGGER);
		executions.push(execution);
		return execution;
	};

	/** The items that the operation gives; fails with the node's error when there is one. */
	const output = async (
		resource: string,
		operation: string,
		parameters: IDataObject = {},
		items: IDataObject[] = [{}],
	): Promise<INodeExecutionData[]> => {
		const { data } = await execute(resource, operation, parameters, items);
		expect(data.resultData.error).toBeUndefined();
		return data.resultData.runData.Leadiosa[0].data?.main[0] ?? [];
	};

	const item = (json: object, index = 0) => ({
		json: expect.objectContaining(json),
		pairedItem: { item: index },
	});

	beforeAll(async () => {
		stage = await openStage(version);
		leadiosa().limit({ name: 'general', windows: [] });
		credential = await createCredential(owner.key);
	}, 180_000);

	afterAll(async () => await stage?.close(), 30_000);

	it('loads both nodes, and the action node as a tool too', async () => {
		const names = (await stage.editor.nodeTypes()).map(({ name }) => name);
		for (const name of ['leadiosa', 'leadiosaTool', 'leadiosaTrigger'])
			expect(names).toContain(`n8n-nodes-leadwire.${name}`);
	});

	it('tests the credential: green with the right token, red with a wrong one', async () => {
		expect(await stage.editor.testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(await stage.editor.testCredential(await createCredential(WRONG_TOKEN))).toMatchObject({
			status: 'Error',
		});
	});

	describe.each(dialects)('in the $dialect dialect', ({ dialect, envelope }) => {
		beforeAll(() => {
			leadiosa().reset();
			leadiosa().limit({ name: 'general', windows: [] });
			leadiosa().configure({ dialect, envelope });
		});

		const known = () =>
			leadiosa()
				.contacts()
				.filter(({ email }) => email !== undefined);

		it('conversation: create, get, get many, update', async () => {
			const [first, second] = known();
			const created = await output('conversation', 'create', { contactId: '={{ $json.id }}' }, [
				{ id: second.id },
				{ id: first.id },
			]);
			expect(created).toEqual([
				item({ contact_id: second.id, status: 'open' }),
				item({ contact_id: first.id, status: 'open' }, 1),
			]);
			const [
				{
					json: { id: conversationId },
				},
			] = created;
			expect(
				await output('conversation', 'update', { conversationId, additionalFields: { assigneeId: 'op_2' } }),
			).toEqual([item({ id: conversationId, assignee_id: 'op_2' })]);
			expect(await output('conversation', 'get', { conversationId })).toEqual([
				item({ id: conversationId, assignee_id: 'op_2' }),
			]);
			expect(
				await output('conversation', 'getMany', { returnAll: true, filters: { assigneeId: 'op_2' } }),
			).toEqual([item({ id: conversationId })]);
		}, 30_000);

		it('message and note: create, get many', async () => {
			const [{ id: conversationId }] = leadiosa().conversations();
			const texts = [{ text: 'one' }, { text: 'two' }];
			for (const resource of ['message', 'note']) {
				const created = await output(
					resource,
					'create',
					{ conversationId, text: '={{ $json.text }}' },
					texts,
				);
				expect(created).toEqual(
					texts.map(({ text }, index) => item({ conversation_id: conversationId, text }, index)),
				);
				const listed = await output(resource, 'getMany', { conversationId, returnAll: true });
				expect(listed.map(({ json }) => json.text)).toEqual(expect.arrayContaining(['one', 'two']));
			}
			expect(leadiosa().duplicates({ kind: 'message' })).toEqual({});
		}, 30_000);

		it('contact: get, get many, update, erase', async () => {
			const [first, second] = known();
			const got = await output('contact', 'get', { contactId: '={{ $json.id }}' }, [
				{ id: second.id },
				{ id: first.id },
			]);
			expect(got).toEqual([
				item({ platform: 'leadiosa', email: second.email }),
				item({ platform: 'leadiosa', email: first.email }, 1),
			]);
			expect(
				await output('contact', 'update', { contactId: first.id, additionalFields: { name: 'Ada King' } }),
			).toEqual([item({ id: first.id, firstName: 'Ada', lastName: 'King' })]);
			expect(await output('contact', 'getMany', { returnAll: true })).toHaveLength(
				leadiosa().contacts().length,
			);
			const { data } = await execute('contact', 'erase', { contactId: first.id }, [{}]);
			expect(data.resultData.error?.message).toContain('"Confirm Erasure" must be turned on');
			expect(await output('contact', 'erase', { contactId: first.id, confirm: true })).toEqual([
				item({ id: first.id, erased: true }),
			]);
			expect(
				leadiosa()
					.contacts()
					.map(({ id }) => id),
			).not.toContain(first.id);
		}, 30_000);

		it('knowledge article: create, get, get many, update, delete', async () => {
			const [
				{
					json: { id },
				},
			] = await output('knowledgeArticle', 'create', { title: 'Prices', content: 'From 10.' });
			const one = { knowledgeArticleId: id };
			await output('knowledgeArticle', 'update', { ...one, additionalFields: { content: 'From 12.' } });
			expect(await output('knowledgeArticle', 'get', one)).toEqual([
				item({ title: 'Prices', content: 'From 12.' }),
			]);
			expect(await output('knowledgeArticle', 'getMany', { returnAll: true })).toHaveLength(2);
			expect(await output('knowledgeArticle', 'delete', one)).toEqual([item({ id, deleted: true })]);
		}, 30_000);

		it('webhook: create, get many, delete', async () => {
			const url = `${stage.sandboxUrl}/nowhere`;
			const [
				{
					json: { id },
				},
			] = await output('webhook', 'create', { url, additionalFields: { events: ['ai.handoff'] } });
			expect(await output('webhook', 'getMany', { returnAll: true })).toEqual([
				item({ id, url, events: ['ai.handoff'] }),
			]);
			expect(await output('webhook', 'delete', { webhookId: id })).toEqual([item({ id, deleted: true })]);
			expect(leadiosa().hooks()).toEqual([]);
		}, 30_000);

		it('workspace, audit log, subscription and any request', async () => {
			expect(await output('workspace', 'close', { confirm: true })).toEqual([item({ closed: true })]);
			expect(await output('workspace', 'getArchiveStatus')).toEqual([item({ status: 'closed' })]);
			expect(await output('workspace', 'restore')).toEqual([item({ restored: true })]);
			expect(
				(await output('auditLog', 'getMany', { returnAll: true })).map(({ json }) => json.action),
			).toContain('workspace.closed');
			expect(await output('subscription', 'get')).toEqual([item({ plan: 'pro' })]);
			expect(
				await output('apiRequest', 'send', { method: 'GET', path: '/billing/subscription' }),
			).toHaveLength(1);
			expect(await output('apiRequest', 'getMany', { path: '/contacts', returnAll: true })).toHaveLength(
				leadiosa().contacts().length,
			);
		}, 30_000);

		describe('the trigger', () => {
			let workflow: Workflow;
			let url: string;

			const deliver = async (
				variant: 'genuine' | 'forged' | 'tampered' | 'unsigned' | 'repeated',
				more: object = {},
			) => {
				const [{ status }] = await leadiosa().emit({ event: 'message.created', variant, ...more });
				return status;
			};
			/** n8n 2.x registers and removes webhooks some time after it has answered. */
			const eventually = async (check: () => void | Promise<void>) => {
				const deadline = Date.now() + PATIENCE;
				for (;;) {
					try {
						return await check();
					} catch (error) {
						if (Date.now() > deadline) throw error;
						await sleep(50);
					}
				}
			};
			const own = () =>
				leadiosa()
					.hooks()
					.filter((hook) => hook.url === url);
			const deactivate = async () => {
				await stage.editor.deactivate(workflow);
				await eventually(() => expect(own()).toEqual([]));
			};
			const activate = async () => {
				const before = own().map(({ id }) => id);
				await stage.editor.activate(workflow);
				await waitUntilRegistered(url);
				await eventually(() => expect(own().filter(({ id }) => !before.includes(id))).toHaveLength(1));
				await eventuallyVerified();
			};
			/** Once n8n has saved the secret; a message of an operator runs nothing. */
			const eventuallyVerified = async () =>
				await eventually(async () => expect(await deliver('genuine', { from: 'operator' })).toBe(200));

			beforeAll(async () => {
				const trigger = leadwireNode('Leadiosa Trigger', 'leadiosaTrigger', 'leadiosaApi', {
					events: ['message.created', 'contact.identified'],
				});
				const get = leadwireNode('Get conversation', 'leadiosa', 'leadiosaApi', {
					resource: 'conversation',
					operation: 'get',
					conversationId: '={{ $json.data.conversation_id ?? $json.data.conversationId }}',
				});
				workflow = await stage.editor.createWorkflow(chain(`Triggered ${dialect}`, [trigger, get]), [
					credential,
				]);
				url = webhookUrl(stage.n8n.url, workflow, trigger.name);
				await activate();
			}, 30_000);

			it('has registered itself, once, and answered the ping that came before the secret', () => {
				expect(own()).toMatchObject([{ url, events: ['message.created', 'contact.identified'] }]);
				const pings = leadiosa()
					.deliveries()
					.filter(({ event, url: to }) => event === 'ping' && to === url);
				expect(pings.map(({ status, attempt }) => ({ status, attempt }))).toEqual([
					{ status: 200, attempt: 1 },
				]);
			});

			it('refuses what is not genuine, runs what is once, and takes visitors only', async () => {
				const [first, second] = leadiosa().conversations();
				expect(await deliver('forged')).toBe(401);
				expect(await deliver('tampered')).toBe(401);
				expect(await deliver('unsigned')).toBe(401);
				expect(await deliver('genuine', { subject: first.id, from: 'operator' })).toBe(200);
				expect(await deliver('genuine', { subject: first.id, text: 'From a visitor' })).toBe(200);
				expect(await deliver('repeated')).toBe(200);
				// The last delivery's run comes after any run that those before it started.
				expect(await deliver('genuine', { subject: second.id })).toBe(200);

				const runs = await stage.editor.awaitExecutions(workflow, 2);
				executions.push(...runs);
				expect(runs.map(({ status }) => status)).toEqual(['success', 'success']);
				const [run, next] = runs.map(({ data }) => data.resultData.runData);
				expect(run['Leadiosa Trigger'][0].data?.main[0]).toEqual([
					item({
						platform: 'leadiosa',
						event: 'message.created',
						data: expect.objectContaining({ text: 'From a visitor', from: 'visitor' }),
					}),
				]);
				expect(run['Get conversation'][0].data?.main[0]?.[0].json).toMatchObject({ id: first.id });
				expect(next['Get conversation'][0].data?.main[0]?.[0].json).toMatchObject({ id: second.id });
			}, 30_000);

			it('leaves exactly one webhook after activations, and none after deactivations', async () => {
				for (let round = 0; round < 2; round++) {
					await deactivate();
					await activate();
					expect(own()).toMatchObject([{ url }]);
				}
				expect(await deliver('genuine', { text: 'Still here' })).toBe(200);
				expect((await stage.editor.awaitExecutions(workflow, 3)).map(({ status }) => status)).toEqual([
					'success',
					'success',
					'success',
				]);
				await deactivate();
			}, 60_000);

			it('leaves exactly one webhook when the answer to its registration was lost', async () => {
				leadiosa().forget();
				leadiosa().addFault({ method: 'POST', path: '/webhooks', count: 1, fault: { kind: 'reset-after' } });
				await stage.editor.activate(workflow);
				await eventually(() => expect(leadiosa().writes({ kind: 'webhook' })).toEqual({ [url]: 2 }));
				await eventuallyVerified();
				expect(own()).toMatchObject([{ url }]);
				expect(await deliver('genuine', { text: 'After the lost answer' })).toBe(200);
				await deactivate();
			}, 60_000);

			it('leaves exactly one webhook when the answer came and was not saved', async () => {
				// As a crash between Leadiosa's answer and n8n's save leaves it: a webhook whose secret nobody holds.
				await output('webhook', 'create', { url });
				await activate();
				expect(own()).toMatchObject([{ url, events: ['message.created', 'contact.identified'] }]);
				expect(await deliver('genuine', { text: 'After the crash' })).toBe(200);
				await deactivate();
			}, 60_000);

			it('is not activated when it could not verify anything, and leaves no webhook', async () => {
				leadiosa().configure({ secretInReply: false });
				leadiosa().forget();
				const activated = await stage.editor.activate(workflow).catch((error: Error) => error);
				// n8n 2.x has answered before it knows; 1.x answers with the reason.
				if (version === '1.123.81')
					expect(String(activated)).toContain('The webhook was registered without a secret');
				const requests = (route: string) => leadiosa().statistics().routes[route]?.requests ?? 0;
				await eventually(() => expect(requests('DELETE /webhooks/:id')).toBeGreaterThan(0));
				await eventually(() => expect(own()).toEqual([]));
				expect(requests('DELETE /webhooks/:id')).toBe(requests('POST /webhooks'));
				await stage.editor.deactivate(workflow).catch(() => undefined);
			}, 60_000);
		});
	});

	describe('the example', () => {
		it('finds the lead at Spara when the AI hands over, calls it, and notes that on the conversation', async () => {
			leadiosa().reset();
			leadiosa().limit({ name: 'general', windows: [] });
			const [account] = stage.sandbox.spara.accounts();
			const spara = await stage.editor.createCredential('sparaApi', 'Spara', {
				apiKey: account.key,
				baseUrl: `${stage.sandboxUrl}/spara/v1`,
				webhookVerification: 'none',
			});
			const lead = stage.sandbox.spara.leads().find(({ data }) => data.email && data.phone_number)!;
			const [conversation, anonymous] = leadiosa().conversations();
			await output('contact', 'update', {
				contactId: conversation.contact_id,
				additionalFields: { email: lead.data.email },
			});

			const example: WorkflowFile = JSON.parse(readFileSync('examples/leadiosa-handoff-call.json', 'utf8'));
			const workflow = await stage.editor.createWorkflow(example, [credential, spara]);
			await stage.editor.activate(workflow);
			await waitUntilRegistered(webhookUrl(stage.n8n.url, workflow, 'Leadiosa Trigger'));
			// Until n8n has stored the secret, all is refused; what is refused is delivered again, so it had better start nothing.
			const isSecretStored = async () =>
				(await leadiosa().emit({ event: 'operator.online' }))[0]?.status === 200;
			const deadline = Date.now() + PATIENCE;
			while (!(await isSecretStored()) && Date.now() < deadline) await sleep(200);
			const handOver = async (subject: string) =>
				(await leadiosa().emit({ event: 'ai.handoff', subject }))[0]?.status;
			expect(await handOver(conversation.id)).toBe(200);
			const [run] = await stage.editor.awaitExecutions(workflow, 1);
			executions.push(run);
			expect(run.status).toBe('success');
			expect(stage.sandbox.spara.writes({ kind: 'call' })).toEqual({ [lead.id]: 1 });
			expect(
				leadiosa()
					.notes()
					.map(({ conversation_id, text }) => [conversation_id, text]),
			).toContainEqual([conversation.id, `Spara is calling ${String(lead.data.email)} (lead ${lead.id}).`]);

			await output('contact', 'erase', { contactId: anonymous.contact_id, confirm: true });
			expect(await handOver(anonymous.id)).toBe(200);
			const [, second] = await stage.editor.awaitExecutions(workflow, 2);
			expect(second.status).toBe('success');
			expect(stage.sandbox.spara.writes({ kind: 'call' })).toEqual({ [lead.id]: 1 });
			await stage.editor.deactivate(workflow);
		}, 60_000);
	});

	it('leaves no secret in execution data, errors or the log', () => {
		const written = [...executions.map((execution) => stringify(execution)), stage.n8n.log()].join('\n');
		expect(executions.length).toBeGreaterThan(30);
		for (const secret of [owner.key, WRONG_TOKEN]) expect(written).not.toContain(secret);
	});
});
