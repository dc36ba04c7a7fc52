import type { IDataObject } from 'n8n-workflow';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparkLoopTrigger } from '../../../nodes/SparkLoop/SparkLoopTrigger.node';
import { startReceiver } from '../../unit/sandbox/receiver.mts';
import { deliver, lifecycle, type PlacedTrigger } from '../engine/webhook.mts';
import { ACCOUNT, openSparkLoop, type SparkLoopStage } from './stage.mts';

let stage: SparkLoopStage;
beforeAll(async () => (stage = await openSparkLoop()));
afterAll(async () => await stage.close());
beforeEach(() => {
	stage.sandbox.reset();
	stage.sandbox.limit({ name: 'general', windows: [] });
});

const URL = 'https://n8n.example/webhook/webhook-id/webhook';

const placed = (
	parameters: IDataObject = {},
	credential: IDataObject = {},
	more: Partial<PlacedTrigger> = {},
): PlacedTrigger => ({
	trigger: new SparkLoopTrigger(),
	parameters: parameters as PlacedTrigger['parameters'],
	credentials: {
		sparkLoopApi: {
			apiKey: ACCOUNT.key,
			baseUrl: stage.baseUrl,
			webhookToken: ACCOUNT.token,
			limitRate: true,
			rateLimitRequests: 100_000,
			rateLimitSeconds: 60,
			...credential,
		} as never,
	},
	credentialTypes: [new SparkLoopApi()],
	...more,
});

const registered = () =>
	stage.sandbox.hooks().map(({ url, events }) => ({
		url,
		events: Object.keys(events)
			.filter((event) => events[event])
			.sort(),
	}));

const send = async (method: string, path: string, body?: object): Promise<Record<string, IDataObject>> => {
	const headers = { 'x-api-key': ACCOUNT.key, 'content-type': 'application/json; charset=utf-8' };
	const response = await fetch(`${stage.baseUrl}${path}`, {
		method,
		headers,
		body: body && JSON.stringify(body),
	});
	return (await response.json()) as Record<string, IDataObject>;
};

const ALL_API_EVENTS = ['new_partner_referral', 'new_referral', 'reward_redeemed', 'reward_unlocked'];

describe('registration', () => {
	it('registers the events that the API knows, once, and removes them again', async () => {
		const hook = lifecycle(placed());
		await hook.activate();
		await hook.activate();
		expect(registered()).toEqual([{ url: URL, events: ALL_API_EVENTS }]);
		await hook.delete();
		await hook.delete();
		expect(registered()).toEqual([]);
		expect(hook.staticData).toEqual({});
	});

	it('registers only what was chosen, and puts changed events right', async () => {
		await lifecycle(placed({ events: ['new_referral', 'new_offer_lead'] })).activate();
		expect(registered()).toEqual([{ url: URL, events: ['new_referral'] }]);
		expect(await lifecycle(placed({ events: ['reward_unlocked'] })).checkExists()).toBe(true);
		expect(registered()).toEqual([{ url: URL, events: ['reward_unlocked'] }]);
	});

	it.each([
		['by hand', { registration: 'manual' }],
		[
			'where all events need the dashboard',
			{ events: ['new_offer_lead', 'sync_subscriber', 'new_partner_pending_referral'] },
		],
	])('asks nothing of SparkLoop %s', async (_name, parameters) => {
		stage.sandbox.forget();
		const hook = lifecycle(placed(parameters));
		await hook.activate();
		await hook.delete();
		expect(stage.sandbox.statistics().requests).toBe(0);
	});

	it('leaves alone what is not its own: other URLs, and the same URL added by hand for the other events', async () => {
		await send('POST', '/webhooks', { url: 'https://elsewhere.example', new_referral: true });
		await send('POST', '/webhooks', { url: URL });
		const hook = lifecycle(placed());
		await hook.activate();
		await hook.delete();
		expect(registered()).toEqual([
			{ url: URL, events: [] },
			{ url: 'https://elsewhere.example', events: ['new_referral'] },
		]);
	});

	it('finds its own again when its memory is lost, and removes a second one', async () => {
		for (let times = 0; times < 2; times++) await send('POST', '/webhooks', { url: URL, new_referral: true });
		await lifecycle(placed()).activate();
		expect(registered()).toEqual([{ url: URL, events: ALL_API_EVENTS }]);
	});

	it('says where to click when SparkLoop refuses the URL', async () => {
		const hook = lifecycle(placed({}, {}, { instanceUrl: 'http://localhost:5678' }));
		await expect(hook.activate()).rejects.toMatchObject({
			message: expect.stringContaining('Url must start with https://'),
			description: expect.stringContaining('Account Settings > Integrations > Webhooks'),
		});
		expect(hook.staticData).toEqual({});
		expect(registered()).toEqual([]);
	});

	it('takes nothing for registered that SparkLoop left off', async () => {
		stage.sandbox.configure({ eventsLeftOff: ['reward_redeemed'] });
		await expect(lifecycle(placed()).activate()).rejects.toMatchObject({
			message: expect.stringContaining('did not turn on the events reward_redeemed'),
			description: expect.stringContaining('By Hand'),
		});
		expect(registered()).toEqual([]);
	});

	it('keeps test and production apart', async () => {
		const production = lifecycle(placed());
		const test = lifecycle(placed({}, {}, { mode: 'test' }));
		await production.activate();
		await test.activate();
		await test.delete();
		expect(registered()).toEqual([{ url: URL, events: ALL_API_EVENTS }]);
	});

	it('surfaces any other refusal', async () => {
		const hook = lifecycle(placed());
		await hook.activate();
		stage.sandbox.addFault({ method: 'DELETE', count: 1, fault: { kind: 'status', status: 403 } });
		await expect(hook.delete()).rejects.toMatchObject({ httpCode: '403' });
	});
});

const EVENTS = [
	'new_referral',
	'new_partner_pending_referral',
	'new_partner_referral',
	'new_offer_lead',
	'reward_unlocked',
	'reward_redeemed',
	'sync_subscriber',
] as const;

/** What SparkLoop sends for an event about a subscriber. */
async function deliveryOf(
	event: (typeof EVENTS)[number],
	variant: 'genuine' | 'forged' | 'unsigned' = 'genuine',
) {
	const receiver = await startReceiver();
	const authentication = { kind: 'header' as const, name: 'SparkLoop-Token', value: ACCOUNT.token };
	const { id } = stage.sandbox.registerWebhook({ account: 'acme', url: receiver.url, authentication });
	const [{ headers, body }] = await stage.sandbox.emit({
		event,
		subscriber: 'reader-5@news.example',
		variant,
	});
	stage.sandbox.removeWebhook({ id });
	await receiver.close();
	return { rawBody: Buffer.from(body), headers };
}

/** The tests send one event again and again. */
const REPEATS = { options: { dropRepeats: false } };

describe('deliveries', () => {
	it.each(EVENTS)(
		'gives a %s in the one shape, times as ISO, and answers 200 with nothing',
		async (event) => {
			const { status, body, workflowData } = await deliver({ ...placed(), ...(await deliveryOf(event)) });
			expect([status, body]).toEqual([200, '']);
			const [[{ json }]] = workflowData ?? [[]];
			expect(json).toMatchObject({
				platform: 'sparkloop',
				event,
				eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
			});
			const subscriber = stage.sandbox.subscriber({ identifier: 'reader-5@news.example' });
			expect(json.lead).toMatchObject({
				platform: 'sparkloop',
				email: subscriber.email,
				id: event === 'new_offer_lead' ? subscriber.email : subscriber.uuid,
			});
			if (event !== 'new_offer_lead')
				expect((json.lead as IDataObject).createdAt).toBe(`${subscriber.created_at.slice(0, 19)}.000Z`);
			expect(JSON.stringify(json)).not.toMatch(/_at":\d/);
		},
	);

	it('passes the body on as it came without Simplify', async () => {
		const delivery = await deliveryOf('new_referral');
		const { workflowData } = await deliver({ ...placed({ simplify: false, ...REPEATS }), ...delivery });
		expect(workflowData?.[0][0].json).toEqual(JSON.parse(delivery.rawBody.toString()));
	});

	it.each([
		['a forged token', 'forged', {}],
		['no token', 'unsigned', {}],
		['any token while the credential has none', 'genuine', { webhookToken: '' }],
	] as const)('refuses %s with 401 and runs nothing', async (_name, variant, credential) => {
		const { status, workflowData } = await deliver({
			...placed({}, credential),
			...(await deliveryOf('new_referral', variant)),
		});
		expect([status, workflowData]).toEqual([401, undefined]);
	});

	it.each([
		['the previous token', 'genuine', { webhookToken: 'new', previousWebhookToken: ACCOUNT.token }],
		['everything, where the user has chosen so', 'unsigned', { webhookVerification: 'none' }],
	] as const)('accepts %s', async (_name, variant, credential) => {
		const { status, workflowData } = await deliver({
			...placed(REPEATS, credential),
			...(await deliveryOf('new_referral', variant)),
		});
		expect([status, workflowData]).toEqual([200, [[expect.anything()]]]);
	});

	it('runs once however often a delivery comes', async () => {
		const delivery = await deliveryOf('reward_unlocked');
		const first = await deliver({ ...placed(), ...delivery });
		const second = await deliver({ ...placed(), ...delivery, staticData: first.staticData });
		expect([second.status, second.body, second.workflowData]).toEqual([200, '', undefined]);
	});

	it('acknowledges what was not chosen, and takes kinds that nobody knows with all events only', async () => {
		const notChosen = await deliver({
			...placed({ events: ['reward_unlocked'] }),
			...(await deliveryOf('reward_redeemed')),
		});
		expect([notChosen.status, notChosen.body, notChosen.workflowData]).toEqual([200, '', undefined]);

		const { headers } = await deliveryOf('new_referral');
		const rawBody = Buffer.from('{"event":"partner_referral_rejected","subscriber":{"email":"a@x.example"}}');
		const unknown = await deliver({ ...placed(), headers, rawBody });
		expect(unknown.workflowData?.[0][0].json).toMatchObject({
			event: 'partner_referral_rejected',
			lead: { id: 'a@x.example' },
		});
		expect(
			(await deliver({ ...placed({ events: ['new_referral'] }), headers, rawBody })).workflowData,
		).toBeUndefined();
	});
});
