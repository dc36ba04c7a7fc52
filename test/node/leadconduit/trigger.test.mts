import { createHash, createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { LeadConduitTrigger } from '../../../nodes/LeadConduit/LeadConduitTrigger.node.ts';
import { deliver, lifecycle, type Delivery } from '../engine/webhook.mts';
import { flow, openStage, READER_KEY, SECRET, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => {
	stage.leadconduit.reset();
	stage.limitTo();
});
afterAll(async () => await stage.close());

let serial = 0;
const eventOf = (more: IDataObject = {}) => ({
	event_type: 'lead.delivered',
	timestamp: '2026-02-03T09:00:02Z',
	flow_id: 'flow_a1',
	lead_id: `lead_${++serial}`,
	data: {
		lead: { email: 'ana@shop.example', phone: '+15125550142', state: 'TX' },
		recipient: { id: 'recipient_5', name: 'CRM' },
		quality_score: 0.81,
	},
	...more,
});
const signed = (event: object, secret = SECRET) => {
	const text = JSON.stringify(event);
	const signature = `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
	return Buffer.from(`${text.slice(0, -1)},"signature":"${signature}"}`);
};
const receive = async (
	rawBody: Buffer,
	parameters: IDataObject = {},
	credential: IDataObject = {},
	more: Partial<Delivery> = {},
) =>
	await deliver({
		trigger: new LeadConduitTrigger(),
		parameters: parameters as Delivery['parameters'],
		credentials: stage.credentialOf(credential),
		credentialTypes: stage.credentialTypes,
		headers: { 'content-type': 'application/json' },
		rawBody,
		...more,
	});
const output = ({ workflowData }: Awaited<ReturnType<typeof receive>>) =>
	workflowData?.[0].map(({ json }) => json);

describe('deliveries', () => {
	it('runs a genuine event once, in the shape of every platform', async () => {
		const event = eventOf();
		const result = await receive(signed(event));
		expect([result.status, result.body]).toEqual([200, '']);
		expect(output(result)).toEqual([
			{
				platform: 'leadconduit',
				event: 'lead.delivered',
				eventId: createHash('sha256').update(JSON.stringify(event)).digest('hex'),
				occurredAt: '2026-02-03T09:00:02.000Z',
				lead: {
					platform: 'leadconduit',
					id: event.lead_id,
					email: 'ana@shop.example',
					phone: '+15125550142',
					customFields: { state: 'TX' },
				},
				data: { flow_id: 'flow_a1', recipient: { id: 'recipient_5', name: 'CRM' }, quality_score: 0.81 },
			},
		]);
		const again = await receive(signed(event), {}, {}, { staticData: result.staticData });
		expect([again.status, again.workflowData]).toEqual([200, undefined]);
	});

	it.each([
		['another secret', signed(eventOf(), 'not the secret')],
		['no signature', Buffer.from(JSON.stringify(eventOf()))],
		['a changed byte', Buffer.from(signed(eventOf()).toString().replace('ana@', 'bna@'))],
	])('%s: 401 and no run', async (_name, rawBody) => {
		const { status, workflowData } = await receive(rawBody);
		expect([status, workflowData]).toEqual([401, undefined]);
	});

	it('refuses everything without a secret, unless the user chose not to verify: then events are marked', async () => {
		const event = signed(eventOf());
		expect((await receive(event, {}, { webhookSecret: '' })).status).toBe(401);
		const open = { webhookVerification: 'none' };
		expect(output(await receive(signed(eventOf(), 'any'), {}, open))).toEqual([
			expect.objectContaining({ verified: false, event: 'lead.delivered' }),
		]);
		expect(output(await receive(signed(eventOf(), 'any'), { simplify: false }, open))).toEqual([
			expect.objectContaining({ verified: false, event_type: 'lead.delivered' }),
		]);
	});

	it('knows the previous secret too', async () => {
		const rotated = { webhookSecret: 'the new one', previousWebhookSecret: SECRET };
		expect((await receive(signed(eventOf()), {}, rotated)).workflowData).toBeDefined();
	});

	it('acknowledges events that are not wanted, or too old', async () => {
		const other = await receive(signed(eventOf()), { events: ['lead.rejected'] });
		expect([other.status, other.workflowData]).toEqual([200, undefined]);
		const old = await receive(signed(eventOf()), { options: { maxAge: 300 } });
		expect([old.status, old.workflowData]).toEqual([200, undefined]);
		const now = eventOf({ timestamp: new Date().toISOString() });
		expect((await receive(signed(now), { options: { maxAge: 300 } })).workflowData).toBeDefined();
	});

	it('answers with the outcome where the workflow is a delivery step, also when the event comes again', async () => {
		const options = { outcome: 'failure', reason: 'duplicate', price: 0 };
		const event = signed(eventOf());
		const first = await receive(event, { options });
		expect(JSON.parse(first.body)).toEqual(options);
		const again = await receive(event, { options }, {}, { staticData: first.staticData });
		expect([JSON.parse(again.body), again.workflowData]).toEqual([options, undefined]);
	});

	it('fetches the whole lead', async () => {
		const [known] = stage.leadconduit.leads({ flow: 'flow_solar' });
		const [json] =
			output(await receive(signed(eventOf({ lead_id: known.id })), { options: { fetchLead: true } })) ?? [];
		expect(json.lead).toMatchObject({ id: known.id, email: known.lead_data.email, status: known.status });
	});
});

describe('registration', () => {
	const OTHER = 'https://hooks.shop.example/leads';
	const OURS = 'https://n8n.example/webhook/webhook-id/webhook';
	const urlOf = () => stage.leadconduit.flowSettings({ flow: 'flow_solar' }).notifications;
	const place = (parameters: IDataObject = {}, more: Partial<Parameters<typeof lifecycle>[0]> = {}) =>
		lifecycle({
			trigger: new LeadConduitTrigger(),
			parameters: { registerUrl: true, flowId: flow('flow_solar'), ...parameters } as never,
			credentials: stage.credentialOf(),
			credentialTypes: stage.credentialTypes,
			...more,
		});
	const setUrl = async (notifications: IDataObject) => {
		const body = { settings: { notifications } };
		const { error } = await stage.run(['apiRequest', 'send'], {
			method: 'PUT',
			path: '/flows/flow_solar/settings',
			body,
		});
		expect(error).toBeUndefined();
		stage.leadconduit.forget();
	};

	it('is off by default: nothing is sent', async () => {
		const trigger = place({ registerUrl: false });
		await trigger.activate();
		await trigger.delete();
		expect(stage.leadconduit.statistics().requests).toBe(0);
	});

	it('enters the URL, and puts back what the flow shows was there', async () => {
		stage.leadconduit.configure({ showSettings: true });
		await setUrl({ webhook_url: OTHER, email: 'ops@shop.example' });
		const trigger = place();
		await trigger.activate();
		expect(urlOf()).toEqual({ webhook_url: OURS, email: 'ops@shop.example' });
		await trigger.activate();
		expect(stage.leadconduit.writes({ kind: 'settings' })).toEqual({ flow_solar: 1 });
		await trigger.delete();
		expect(urlOf()).toEqual({ webhook_url: OTHER, email: 'ops@shop.example' });
		expect(trigger.staticData).not.toHaveProperty('overwritten');
	});

	it.each([true, false])(
		'knows what to put back also when n8n was killed before it noted that (the flow shows its settings: %s)',
		async (showSettings) => {
			stage.leadconduit.configure({ showSettings });
			await setUrl({ webhook_url: OTHER });
			await place({ previousUrl: OTHER }).activate();
			const restarted = place({ previousUrl: OTHER });
			await restarted.activate();
			expect(urlOf()).toEqual({ webhook_url: OURS });
			await restarted.delete();
			expect(urlOf()).toEqual({ webhook_url: OTHER });
		},
	);

	it('puts back what the user states, where the flow shows nothing', async () => {
		await setUrl({ webhook_url: OTHER });
		const trigger = place({ previousUrl: OTHER });
		await trigger.activate();
		await trigger.activate();
		expect(urlOf()).toEqual({ webhook_url: OURS });
		await trigger.delete();
		expect(urlOf()).toEqual({ webhook_url: OTHER });
		expect(stage.leadconduit.writes({ kind: 'settings' })).toEqual({ flow_solar: 2 });
	});

	it('leaves the flow without a URL where it had none', async () => {
		const trigger = place();
		await trigger.activate();
		await trigger.delete();
		expect(urlOf()).toEqual({});
	});

	it('leaves alone what somebody else has entered since', async () => {
		stage.leadconduit.configure({ showSettings: true });
		const trigger = place();
		await trigger.activate();
		await setUrl({ webhook_url: OTHER });
		await trigger.delete();
		expect(urlOf()).toEqual({ webhook_url: OTHER });
	});

	it('puts back what it overwrote though Register URL has been turned off since', async () => {
		const active = place({ previousUrl: OTHER });
		await active.activate();
		const turnedOff = place({ registerUrl: false }, { staticData: active.staticData });
		await turnedOff.delete();
		expect(urlOf()).toEqual({ webhook_url: OTHER });
	});

	it('never enters a test URL, nor takes the production URL away for one', async () => {
		const production = place();
		await production.activate();
		stage.leadconduit.forget();
		const test = place({}, { mode: 'test', staticData: production.staticData });
		await test.activate();
		await test.delete();
		expect(stage.leadconduit.statistics().requests).toBe(0);
		expect(urlOf()).toEqual({ webhook_url: OURS });
	});

	it('says what to do when the key may not', async () => {
		const trigger = place({}, { credentials: stage.credentialOf({ apiKey: READER_KEY }) });
		await expect(trigger.activate()).rejects.toMatchObject({
			description: expect.stringContaining('Turn off Register URL'),
		});
	});
});
