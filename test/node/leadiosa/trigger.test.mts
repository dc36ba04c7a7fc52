import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { startReceiver } from '../../unit/sandbox/receiver.mts';
import { deliver, lifecycle } from '../engine/webhook.mts';
import { openStage, type Stage } from './stage.mts';

const SECRET = 'a secret that Leadiosa made';
const webhook = { id: 'wh_1', url: 'http://127.0.0.1:6050/webhook/webhook-id/webhook', secret: SECRET };

const message = {
	id: 'evt_71',
	type: 'message.created',
	created_at: '2026-05-12T08:00:00.100Z',
	workspace_id: 'ws_1',
	data: { conversation_id: 'conv_9', message_id: 'msg_3', from: 'visitor', text: 'Hello', attachments: [] },
};

let stage: Stage;
beforeAll(async () => (stage = await openStage({ timeScale: 100 })));
beforeEach(() => stage.leadiosa.reset());
afterAll(async () => await stage.close());

const sign = (body: string, secret = SECRET) => createHmac('sha256', secret).update(body).digest('hex');

let deliveries = 0;

interface Posted {
	body: object | string;
	parameters?: IDataObject;
	headers?: Record<string, string>;
	credential?: IDataObject;
	staticData?: IDataObject;
}

/** Delivers a body, signed as documented unless headers are given, to a trigger that has its secret. */
async function post({ body, parameters, headers, credential, staticData = { webhook } }: Posted) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return await deliver({
		...stage.trigger(parameters, credential),
		staticData: staticData as never,
		rawBody: Buffer.from(text),
		headers: { 'content-type': 'application/json', ...(headers ?? { 'x-leadiosa-signature': sign(text) }) },
	});
}

const fresh = (event: object) => ({ ...event, id: `evt_fresh${++deliveries}` });
const firstJson = async (posted: Posted) => (await post(posted)).workflowData?.[0][0].json;

describe('deliveries', () => {
	it('are given in the one event shape, or as they came', async () => {
		const event = fresh(message);
		expect(await firstJson({ body: event })).toEqual({
			platform: 'leadiosa',
			event: 'message.created',
			eventId: event.id,
			occurredAt: '2026-05-12T08:00:00.100Z',
			data: { workspace_id: 'ws_1', ...message.data },
		});
		const raw = fresh(message);
		expect(await firstJson({ body: raw, parameters: { simplify: false } })).toEqual(raw);
	});

	it.each([
		{
			name: 'contact.created',
			data: {
				contact_id: 'cont_1',
				email: 'ada@example.com',
				name: 'Ada King Lovelace',
				attributes: { company: 'Engines', plan: 'pro' },
			},
			lead: {
				email: 'ada@example.com',
				firstName: 'Ada',
				lastName: 'King Lovelace',
				company: 'Engines',
				customFields: { plan: 'pro' },
			},
		},
		{
			name: 'contact.identified',
			data: { contact_id: 'cont_1', email: 'ada@example.com' },
			lead: { email: 'ada@example.com', customFields: {} },
		},
		{ name: 'contact.erased', data: { contact_id: 'cont_1' }, lead: { customFields: {} } },
	])('$name brings the lead', async ({ name, data, lead }) => {
		const json = await firstJson({ body: fresh({ ...message, type: name, data }) });
		expect(json).toMatchObject({ event: name, data });
		expect(json?.lead).toEqual({ platform: 'leadiosa', id: 'cont_1', ...lead });
	});

	it('of the newer documentation are read too: envelope, header, camelCase', async () => {
		const body = JSON.stringify({
			event: 'contact.created',
			timestamp: '2026-05-12T08:00:01Z',
			data: { contactId: 'cont_2', contact: { id: 'cont_2', email: 'g@example.com' } },
		});
		const json = await firstJson({ body, headers: { 'x-signature-256': `sha256=${sign(body)}` } });
		expect(json).toMatchObject({
			event: 'contact.created',
			occurredAt: '2026-05-12T08:00:01.000Z',
			lead: { id: 'cont_2', email: 'g@example.com' },
			eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		const nameless = JSON.stringify({
			timestamp: '2026-05-12T08:00:02Z',
			data: { conversationId: 'conv_1' },
		});
		expect(
			await firstJson({
				body: nameless,
				headers: { 'x-signature-256': sign(nameless), 'x-webhook-event': 'conversation.updated' },
			}),
		).toMatchObject({ event: 'conversation.updated', data: { conversationId: 'conv_1' } });
	});

	it('are accepted with the secret of the credential where Leadiosa gave none', async () => {
		const body = JSON.stringify(fresh(message));
		const own = { 'x-leadiosa-signature': `sha256=${sign(body, 'typed in')}` };
		const staticData = { webhook: { ...webhook, secret: undefined } } as never;
		expect(
			(await post({ body, headers: own, staticData, credential: { webhookSecret: 'typed in' } }))
				.workflowData,
		).toHaveLength(1);
		expect((await post({ body, headers: own, staticData })).status).toBe(401);
	});

	it.each([
		['no signature', {}],
		['a foreign secret', { 'x-leadiosa-signature': sign(JSON.stringify(message), 'another') }],
		['an empty signature', { 'x-leadiosa-signature': '' }],
		['a signature in another header', { 'x-signature': sign(JSON.stringify(message)) }],
	])('with %s are refused', async (_what, headers) => {
		const { status, workflowData } = await post({
			body: message,
			headers: headers as Record<string, string>,
		});
		expect({ status, workflowData }).toEqual({ status: 401, workflowData: undefined });
	});

	it('that cannot be read are answered with 400', async () => {
		expect((await post({ body: '[1]' })).status).toBe(400);
	});

	it('that come again run once, by ID or by body', async () => {
		const event = fresh(message);
		const first = await post({ body: event });
		const again = await post({ body: event, staticData: first.staticData });
		expect([first, again].map(({ status, workflowData }) => [status, workflowData?.length])).toEqual([
			[200, 1],
			[200, undefined],
		]);
		const nameless = JSON.stringify({
			event: 'operator.online',
			timestamp: '2026-05-12T08:00:09Z',
			data: { operatorId: 'op_7' },
		});
		const headers = { 'x-signature-256': `sha256=${sign(nameless)}` };
		const one = await post({ body: nameless, headers });
		const two = await post({ body: nameless, headers, staticData: one.staticData });
		expect([one.workflowData?.length, two.workflowData]).toEqual([1, undefined]);
	});

	it.each([
		{ from: 'visitor', senders: undefined, runs: true },
		{ from: 'operator', senders: undefined, runs: false },
		{ from: 'ai', senders: undefined, runs: false },
		{ from: 'operator', senders: ['operator', 'ai'], runs: true },
		{ from: 'visitor', senders: ['operator'], runs: false },
	])('of a message from $from with senders $senders: run $runs', async ({ from, senders, runs }) => {
		const parameters = senders ? { options: { messageSenders: senders } } : {};
		const { status, workflowData } = await post({
			body: fresh({ ...message, data: { ...message.data, from } }),
			parameters,
		});
		expect({ status, runs: workflowData !== undefined }).toEqual({ status: 200, runs });
	});

	it('of kinds that were not chosen are acknowledged without a run', async () => {
		const { status, workflowData } = await post({
			body: fresh(message),
			parameters: { events: ['ai.handoff'] },
		});
		expect({ status, workflowData }).toEqual({ status: 200, workflowData: undefined });
	});

	it.each([
		['signed', { body: { type: 'ping' } }],
		['unsigned', { body: { type: 'ping' }, headers: {} }],
		['empty', { body: '', headers: {} }],
		['newer', { body: { event: 'ping', timestamp: '2026-01-01T00:00:00Z' }, headers: {} }],
	])('that are a ping (%s) are answered before the secret is known, and run nothing', async (_what, ping) => {
		const { status, workflowData, staticData } = await post({ ...(ping as Posted), staticData: {} });
		expect({ status, workflowData, staticData }).toEqual({
			status: 200,
			workflowData: undefined,
			staticData: {},
		});
	});

	it('of a conversation are completed with its contact, if asked', async () => {
		const { id, contact_id } = stage.leadiosa.conversations()[0];
		const contact = stage.leadiosa.contacts().find((candidate) => candidate.id === contact_id);
		const handoff = (data: object) => fresh({ ...message, type: 'ai.handoff', data });
		const parameters = { options: { fetchLead: true } };
		expect(await firstJson({ body: handoff({ conversation_id: id }), parameters })).toMatchObject({
			event: 'ai.handoff',
			lead: { id: contact_id, email: contact?.email },
			data: { conversation_id: id },
		});
		expect(await firstJson({ body: handoff({ conversation_id: 'conv_gone' }), parameters })).toMatchObject({
			leadFetched: false,
		});
	});
});

describe('registration', () => {
	const urls = () => stage.leadiosa.hooks().map(({ url }) => url);

	it('makes one webhook, keeps its secret, and removes it', async () => {
		const hook = lifecycle(stage.trigger());
		expect(await hook.checkExists()).toBe(false);
		await hook.activate();
		const [{ id, secret, events }] = stage.leadiosa.hooks();
		expect(hook.staticData).toEqual({ webhook: { id, url: webhook.url, secret } });
		expect(events).toBeUndefined();
		expect(await hook.checkExists()).toBe(true);
		await hook.activate();
		expect(stage.leadiosa.hooks().map((one) => one.id)).toEqual([id]);
		await hook.delete();
		expect(urls()).toEqual([]);
		expect(hook.staticData).toEqual({});
		await hook.delete();
	});

	it('changes the events by replacing the webhook', async () => {
		const before = lifecycle(stage.trigger({ events: ['ai.handoff'] }));
		await before.activate();
		const [{ id }] = stage.leadiosa.hooks();
		const after = lifecycle({
			...stage.trigger({ events: ['ai.handoff', 'contact.created'] }),
			staticData: before.staticData,
		});
		await after.activate();
		expect(stage.leadiosa.hooks()).toMatchObject([{ events: ['ai.handoff', 'contact.created'] }]);
		expect(stage.leadiosa.hooks()[0].id).not.toBe(id);
		expect(after.staticData).toMatchObject({
			webhook: { id: stage.leadiosa.hooks()[0].id, secret: stage.leadiosa.hooks()[0].secret },
		});
	});

	it('leaves exactly one after any sequence of activations, edits, removals by hand and crashes before the save', async () => {
		let saved: IDataObject = {};
		let events = ['*'];
		const random = (() => {
			let state = 42;
			return (below: number) => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
		})();
		const hookNow = () => lifecycle({ ...stage.trigger({ events }), staticData: saved });
		const steps: Array<() => Promise<void>> = [
			async () => {
				const hook = hookNow();
				await hook.activate();
				saved = hook.staticData;
			},
			async () => void (await hookNow().activate()),
			async () => void (events = random(2) ? ['*'] : ['ai.handoff', 'message.created'].slice(random(2))),
			async () => {
				const hook = hookNow();
				await hook.delete();
				saved = hook.staticData;
			},
			async () => void (await hookNow().delete()),
			async () => {
				const [hook] = stage.leadiosa.hooks();
				if (hook) await stage.run('webhook', 'delete', { webhookId: hook.id });
			},
			async () => void (saved = {}),
		];
		await stage.run('webhook', 'create', { url: 'http://127.0.0.1:6051/somebody-elses' });
		for (let round = 0; round < 40; round++) {
			for (let step = 0; step < 1 + random(5); step++) await steps[random(steps.length)]();
			const hook = hookNow();
			await hook.activate();
			saved = hook.staticData;
			const own = stage.leadiosa.hooks().filter(({ url }) => url === webhook.url);
			expect(own).toMatchObject([
				{ id: (saved.webhook as IDataObject).id, secret: (saved.webhook as IDataObject).secret },
			]);
			const last = hookNow();
			if (round % 2) {
				await last.delete();
				saved = last.staticData;
				expect(urls().filter((url) => url === webhook.url)).toEqual([]);
			}
		}
		expect(urls().filter((url) => url !== webhook.url).length).toBeLessThanOrEqual(1);
	}, 40_000);

	it('leaves exactly one when the answer to a registration is lost on the way', async () => {
		stage.leadiosa.addFault({ method: 'POST', path: '/webhooks', count: 1, fault: { kind: 'reset-after' } });
		const hook = lifecycle(stage.trigger());
		await hook.activate();
		expect(stage.leadiosa.writes({ kind: 'webhook' })).toEqual({ [webhook.url]: 2 });
		expect(stage.leadiosa.hooks()).toMatchObject([
			{
				id: (hook.staticData.webhook as IDataObject).id,
				secret: (hook.staticData.webhook as IDataObject).secret,
			},
		]);
	}, 20_000);

	it('takes the secret of the credential where the answer has none; without one it fails with the reason', async () => {
		stage.leadiosa.configure({ secretInReply: false, sharedSecret: 'typed in' });
		const without = lifecycle(stage.trigger());
		await expect(without.activate()).rejects.toMatchObject({
			message: expect.stringContaining('without a secret'),
		});
		expect(urls()).toEqual([]);
		expect(without.staticData).toEqual({});

		const withSecret = lifecycle(stage.trigger({}, { webhookSecret: 'typed in' }));
		await withSecret.activate();
		expect(await withSecret.checkExists()).toBe(true);
		expect(urls()).toHaveLength(1);
	});

	it('never touches the production webhook when testing', async () => {
		const production = lifecycle(stage.trigger());
		const test = lifecycle({ ...stage.trigger(), mode: 'test' });
		await production.activate();
		await test.activate();
		expect(urls().sort()).toEqual(['http://127.0.0.1:6050/webhook-test/webhook-id/webhook', webhook.url]);
		await test.delete();
		expect(urls()).toEqual([webhook.url]);
	});

	it.each([
		{ status: 401, says: 'did not accept the API token' },
		{ status: 403, says: 'does not allow this API token' },
		{ status: 400, says: 'did not accept the request' },
	])('fails on $status with the reason and the way out', async ({ status, says }) => {
		stage.leadiosa.addFault({ method: 'POST', path: '/webhooks', fault: { kind: 'status', status } });
		await expect(lifecycle(stage.trigger()).activate()).rejects.toMatchObject({
			message: expect.stringContaining(says),
			description: expect.stringMatching(/request ID req_/),
		});
	});

	it('is pinged before the answer has come', async () => {
		const receiver = await startReceiver();
		stage.leadiosa.configure({ pingBody: 'unsigned' });
		await stage.run('webhook', 'create', { url: receiver.url });
		await receiver.close();
		expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['ping']);
	});
});
