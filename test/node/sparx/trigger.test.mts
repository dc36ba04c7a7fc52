import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { SparxTrigger } from '../../../nodes/Sparx/SparxTrigger.node';
import { eventNames } from '../../../sandbox/sparx/schemas.mts';
import { deliver, lifecycle, type Delivery } from '../engine/webhook.mts';
import { dialects, keys, openSparx, type SparxStage } from './stage.mts';

/** The test vector of contract 6.4. */
const SECRET = `whsec_${'0123456789abcdef'.repeat(4)}`;
const BODY =
	'{"id":"5d0c0a52-1f6e-4f0b-9a57-0d8f3c1b7a11","type":"redirect.added","tenant_id":"11111111-2222-4333-8444-555555555555","data":{"id":"9f1d2c3b-4a5e-4f60-8a7b-6c5d4e3f2a1b","fromPath":"/old","toPath":"/new"},"delivered_at":"2026-07-01T09:30:00.000Z"}';
const SIGNATURE = 'sha256=9126b858226a2d9367860f33954d716eaa15f2beeec39243f414b398dec14d8a';

const hmac = (key: string | Buffer, body = BODY) =>
	`sha256=${createHmac('sha256', key).update(body).digest('hex')}`;

let deliveries = 0;
/** The vector's body with an ID of its own. */
const fresh = () => BODY.replace('5d0c0a52', String(++deliveries).padStart(8, '0'));

type Sent = Partial<Omit<Delivery, 'rawBody'>> & {
	body?: string;
	signature?: string;
	credential?: IDataObject;
};

async function send({ body = BODY, signature = SIGNATURE, credential, ...delivery }: Sent = {}) {
	return await deliver({
		trigger: new SparxTrigger(),
		credentials: { sparxApi: { apiKey: 'sk_live_x', signingSecret: SECRET, ...credential } },
		credentialTypes: [new SparxApi()],
		parameters: { registration: 'manual' },
		headers: { 'content-type': 'application/json', 'X-Sparx-Signature': signature },
		rawBody: Buffer.from(body),
		...delivery,
	} as Delivery);
}

describe('signatures (contract 6.4)', () => {
	it('accepts the test vector and gives what it says', async () => {
		const { status, body, workflowData } = await send();
		expect([status, body]).toEqual([200, '']);
		expect(workflowData).toEqual([
			[
				{
					json: {
						platform: 'sparx',
						event: 'redirect.added',
						eventId: '5d0c0a52-1f6e-4f0b-9a57-0d8f3c1b7a11',
						occurredAt: '2026-07-01T09:30:00.000Z',
						data: { id: '9f1d2c3b-4a5e-4f60-8a7b-6c5d4e3f2a1b', fromPath: '/old', toPath: '/new' },
					},
				},
			],
		]);
	});

	it.each([
		['the prefix of the secret stripped', hmac(SECRET.slice('whsec_'.length))],
		['the secret decoded from hex', hmac(Buffer.from(SECRET.slice('whsec_'.length), 'hex'))],
		['another secret', hmac('whsec_other')],
		['no sha256=', SIGNATURE.slice('sha256='.length)],
		['one digit less', SIGNATURE.slice(0, -1)],
		['an empty header', ''],
	])('refuses %s', async (_case, signature) => {
		expect(await send({ signature })).toMatchObject({ status: 401, workflowData: undefined });
	});

	it('refuses a body that was changed or written anew', async () => {
		const changed = [BODY.replace('/new', '/evil'), JSON.stringify(JSON.parse(BODY), null, 1)];
		for (const body of changed) expect((await send({ body })).status).toBe(401);
	});

	it('fails closed without any secret', async () => {
		const credential = { signingSecret: '' };
		expect((await send({ credential, signature: hmac('') })).status).toBe(401);
	});

	it('accepts the current and the previous secret, and the one that registration brought', async () => {
		const accepted = async (credential: IDataObject, staticData: IDataObject = {}) => {
			const body = fresh();
			return (await send({ body, signature: hmac(SECRET, body), credential, staticData })).status;
		};
		expect(await accepted({ signingSecret: 'whsec_new', previousSigningSecret: SECRET })).toBe(200);
		expect(
			await accepted({ signingSecret: '' }, { webhook: { id: '1', url: 'https://x', secret: SECRET } }),
		).toBe(200);
		expect(await accepted({ signingSecret: 'whsec_new' })).toBe(401);
	});

	it('takes the delivery ID from the signed body, so a replay under another header runs nothing', async () => {
		const body = fresh();
		const signature = hmac(SECRET, body);
		const first = await send({ body, signature });
		const headers = {
			'content-type': 'application/json',
			'x-sparx-signature': signature,
			'x-sparx-delivery': 'another',
		};
		const replay = await send({ body, headers, staticData: first.staticData });
		expect([first.workflowData?.length, replay.status, replay.workflowData]).toEqual([1, 200, undefined]);
	});
});

describe('which events run', () => {
	it.each([
		[['*'], '', 'redirect.added', true],
		[['redirect.added'], '', 'redirect.added', true],
		[['media.uploaded'], '', 'redirect.added', false],
		[['media.uploaded', 'other'], 'inventory.adjusted, stock.low', 'stock.low', true],
		[['other'], 'inventory.adjusted', 'redirect.added', false],
	])('%j with "%s": %s', async (events, otherEvents, type, runs) => {
		const body = fresh().replace('redirect.added', type);
		const parameters = { registration: 'manual', events, otherEvents };
		const { status, workflowData } = await send({ body, signature: hmac(SECRET, body), parameters });
		expect([status, workflowData !== undefined]).toEqual([200, runs]);
	});
});

describe('the option Max Age', () => {
	it.each([
		[10, 300, true],
		[400, 300, false],
		[400, undefined, true],
	])('a delivery %d s old, at most %s s: runs is %s', async (ageSeconds, maxAge, runs) => {
		const sentAt = new Date(Date.now() - ageSeconds * 1000).toISOString();
		const body = fresh().replace('2026-07-01T09:30:00.000Z', sentAt);
		const parameters = { registration: 'manual', options: maxAge ? { maxAge } : {} };
		const { status, workflowData } = await send({ body, signature: hmac(SECRET, body), parameters });
		expect([status, workflowData !== undefined]).toEqual([200, runs]);
	});
});

describe.each(dialects)('registration, dialect %s', (dialect) => {
	let stage: SparxStage;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
	});
	afterEach(async () => await stage.close());

	const INSTANCE = 'http://localhost:5678';
	const place = (
		parameters: Delivery['parameters'] = {},
		apiKey = keys.admin,
		staticData: IDataObject = {},
		signingSecret = '',
	) =>
		lifecycle({
			trigger: new SparxTrigger(),
			parameters,
			credentials: {
				sparxApi: { apiKey, baseUrl: stage.baseUrl, receiveEvents: true, signingSecret },
			},
			credentialTypes: [new SparxApi()],
			instanceUrl: INSTANCE,
			staticData,
		});
	const subscriptions = () => stage.sandbox.subscriptions();

	it('subscribes once, keeps the secret, and unsubscribes', async () => {
		const foreign = stage.sandbox.subscribe({ url: 'https://elsewhere.example/hook' });
		const hook = place();
		await hook.activate();
		await hook.activate();
		const [, own, ...more] = subscriptions();
		expect(more).toEqual([]);
		expect(own).toMatchObject({
			url: expect.stringContaining(`${INSTANCE}/webhook/`),
			events: [...eventNames].sort(),
		});
		expect(hook.staticData).toMatchObject({ webhook: { id: own.id, secret: own.secret } });
		await hook.delete();
		await hook.delete();
		expect(subscriptions()).toEqual([foreign]);
		await hook.activate();
		expect(subscriptions()).toHaveLength(2);
	});

	it('changes the events of its subscription in place', async () => {
		const before = place({ events: ['redirect.added'] });
		await before.activate();
		const [{ id }] = subscriptions();
		const after = place({ events: ['media.uploaded', 'redirect.removed'] }, keys.admin, before.staticData);
		await after.activate();
		expect(subscriptions()).toMatchObject([{ id, events: ['media.uploaded', 'redirect.removed'] }]);
	});

	it('makes a new one where the secret is lost, and where the first try may have made one', async () => {
		await place().activate();
		const [{ id: lost }] = subscriptions();
		const healed = place();
		await healed.activate();
		expect(subscriptions()).toMatchObject([{ secret: (healed.staticData.webhook as IDataObject).secret }]);
		expect(subscriptions()[0].id).not.toBe(lost);
		await healed.delete();

		stage.sandbox.addFault({ method: 'POST', count: 1, fault: { kind: 'reset-after' } });
		const uncertain = place();
		await uncertain.activate();
		expect(subscriptions()).toMatchObject([{ secret: (uncertain.staticData.webhook as IDataObject).secret }]);
	}, 20_000);

	it('explains what an API key may not do, and leaves manual registration alone', async () => {
		const error = await place({}, keys.editor)
			.activate()
			.catch((caught) => caught);
		expect(error).toMatchObject({
			httpCode: '403',
			// n8n shows an activation's message and nothing else.
			message: expect.stringContaining('Made by an Admin'),
		});
		expect(subscriptions()).toEqual([]);
		const manual = place({ registration: 'manual' }, keys.editor, {}, SECRET);
		const before = stage.sandbox.statistics().requests;
		await manual.activate();
		await manual.delete();
		expect(stage.sandbox.statistics().requests).toBe(before);
	});

	it('asks for inventory events where they are chosen, and says so where the server has none', async () => {
		const trigger = place({ events: ['inventory.low'] });
		if (dialect === 'newer') {
			await trigger.activate();
			expect(subscriptions()).toMatchObject([{ events: ['inventory.low'] }]);
			return;
		}
		await expect(trigger.activate()).rejects.toMatchObject({ httpCode: '422' });
		expect(subscriptions()).toEqual([]);
	});

	it('names an event that Sparx does not know in its own words', async () => {
		const error = await place({ events: ['other'], otherEvents: 'order.created' })
			.activate()
			.catch((caught) => caught);
		expect(error).toMatchObject({ httpCode: '422' });
		if (dialect === 'observed') expect(error.message).toContain('events.0');
	});
});
