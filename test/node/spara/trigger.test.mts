import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparaTrigger } from '../../../nodes/Spara/SparaTrigger.node';
import { deliver, type Delivery } from '../engine/webhook.mts';
import { API_KEY, openSpara, type SparaStage } from './stage.mts';

const SECRET = 'a secret that only Spara and n8n share';

const lead = {
	object: 'lead',
	id: 'QX7R20MB',
	created_at: '2026-02-03T08:00:00Z',
	updated_at: '2026-02-03T09:30:00Z',
	data: { email: 'ada@example.com', first_name: 'Ada', tier: 2 },
};
const created = { event: 'lead.created', created_at: '2026-02-03T08:00:01Z', lead };

let deliveries = 0;
/** Like `created`, but no other delivery of these tests is the same. */
const fresh = (): IDataObject => ({ ...created, sequence: ++deliveries });

const sign = (body: Buffer, secret = SECRET): string =>
	createHmac('sha256', secret).update(body).digest('hex');

type Send = Partial<Omit<Delivery, 'rawBody'>> & {
	credential?: IDataObject;
	body?: unknown;
	rawBody?: Buffer;
};

/** A delivery with the token in the URL, as the credential wants it by default. */
async function send({
	credential,
	body = fresh(),
	rawBody = Buffer.from(JSON.stringify(body)),
	...delivery
}: Send = {}) {
	return await deliver({
		trigger: new SparaTrigger(),
		credentials: {
			sparaApi: { apiKey: API_KEY, baseUrl: 'https://api.spara.co/v1', webhookSecret: SECRET, ...credential },
		},
		credentialTypes: [new SparaApi()],
		headers: { 'content-type': 'application/json' },
		query: { token: SECRET },
		rawBody,
		...delivery,
	} as Delivery);
}

/** A signed delivery. */
async function sendSigned(change: Send = {}, signature = sign) {
	const rawBody = change.rawBody ?? Buffer.from(JSON.stringify(change.body ?? fresh()));
	return await send({
		...change,
		credential: {
			webhookVerification: 'hmac',
			webhookHeader: 'X-Spara-Signature',
			webhookPrefix: 'sha256=',
			...change.credential,
		},
		headers: {
			'content-type': 'application/json',
			'x-spara-signature': `sha256=${signature(rawBody)}`,
			...change.headers,
		},
		query: {},
		rawBody,
	});
}

const REFUSED = { status: 401, workflowData: undefined };
const IGNORED = { status: 200, body: '', workflowData: undefined };

describe('authentication', () => {
	it('runs what is proved, and answers 200 with nothing', async () => {
		expect(await send()).toMatchObject({
			status: 200,
			body: '',
			workflowData: [[{ json: { event: 'lead.created' } }]],
		});
		expect(await sendSigned()).toMatchObject({
			status: 200,
			workflowData: [[{ json: { event: 'lead.created' } }]],
		});
	});

	it.each<[string, Send]>([
		['no token', { query: {} }],
		['a wrong token', { query: { token: 'guess' } }],
		['no secret in the credential', { credential: { webhookSecret: '' }, query: { token: '' } }],
		['a verification that nobody knows', { credential: { webhookVerification: 'trust me' } }],
	])('refuses %s', async (_name, change) => expect(await send(change)).toMatchObject(REFUSED));

	it.each<[string, (body: Buffer) => string]>([
		['a forged signature', (body) => sign(body, 'another secret')],
		['an empty signature', () => ''],
		['the signature of other bytes', () => sign(Buffer.from('{}'))],
		[
			'the signature of the same JSON written otherwise',
			(body) => sign(Buffer.from(JSON.stringify(JSON.parse(String(body)), null, 1))),
		],
	])('refuses %s', async (_name, signature) =>
		expect(await sendSigned({}, signature)).toMatchObject(REFUSED),
	);

	it('accepts the previous secret while it is being changed', async () => {
		const credential = { webhookSecret: 'the new one', previousWebhookSecret: SECRET };
		expect(await send({ credential })).toMatchObject({ status: 200, workflowData: [[expect.anything()]] });
		expect(await sendSigned({ credential })).toMatchObject({
			status: 200,
			workflowData: [[expect.anything()]],
		});
	});

	it('accepts a token in a header, as a bearer too', async () => {
		const credential = { webhookVerification: 'header', webhookHeader: 'Authorization' };
		for (const authorization of [SECRET, `Bearer ${SECRET}`]) {
			expect(
				await send({ credential, query: {}, headers: { 'content-type': 'application/json', authorization } }),
			).toMatchObject({ status: 200, workflowData: [[expect.anything()]] });
		}
		expect(await send({ credential, query: { token: SECRET } })).toMatchObject(REFUSED);
	});

	it('accepts anything only where the user chose no verification', async () => {
		const result = await send({ credential: { webhookVerification: 'none', webhookSecret: '' }, query: {} });
		expect(result).toMatchObject({ status: 200, workflowData: [[expect.anything()]] });
	});
});

describe('what runs', () => {
	it('answers 400 to what is no JSON object', async () => {
		expect(await send({ rawBody: Buffer.from('[1]') })).toMatchObject({
			status: 400,
			workflowData: undefined,
		});
		expect(
			await send({ rawBody: Buffer.from('no json'), headers: { 'content-type': 'text/plain' } }),
		).toMatchObject({ status: 400, workflowData: undefined });
	});

	it.each([
		['lead.created', 'Voice Call Ended', IGNORED],
		[
			'voice_call.ended',
			'Voice Call Ended',
			{ status: 200, workflowData: [[{ json: { event: 'voice_call.ended' } }]] },
		],
		[
			'lead.facts_updated',
			'lead_facts_updated',
			{ status: 200, workflowData: [[{ json: { event: 'lead.facts_updated' } }]] },
		],
		['lead.created', 'something.new', IGNORED],
		['*', 'something.new', { status: 200, workflowData: [[{ json: { event: 'something.new' } }]] }],
	])('with the events %s and a delivery of %s', async (chosen, event, expected) => {
		expect(await send({ parameters: { events: [chosen] }, body: { ...fresh(), event } })).toMatchObject(
			expected,
		);
	});

	it('runs a repeated delivery once, also after a restart and when both come at once', async () => {
		const body = fresh();
		const [one, other] = await Promise.all([send({ body }), send({ body })]);
		expect([one, other].filter(({ workflowData }) => workflowData)).toHaveLength(1);
		const { staticData } = await send({ body: fresh() });
		expect(await send({ body, staticData })).toMatchObject(IGNORED);

		const firstRun = await send({ body: fresh() });
		expect(firstRun.staticData).toMatchObject({ deliveries: expect.any(String) });
	});

	it('runs it again where the user wants that', async () => {
		const delivery = { body: fresh(), parameters: { options: { dropRepeats: false } } };
		await send(delivery);
		expect(await send(delivery)).toMatchObject({ workflowData: [[expect.anything()]] });
	});
});

describe('output', () => {
	it('is the one lead shape with Simplify', async () => {
		const { workflowData } = await send({ body: { ...created, changed: { tier: 2 } } });
		expect(workflowData).toEqual([
			[
				{
					json: {
						platform: 'spara',
						event: 'lead.created',
						eventId: expect.stringMatching(/^[0-9a-f]{64}$/),
						occurredAt: '2026-02-03T08:00:01.000Z',
						lead: {
							platform: 'spara',
							id: 'QX7R20MB',
							email: 'ada@example.com',
							firstName: 'Ada',
							createdAt: '2026-02-03T08:00:00Z',
							updatedAt: '2026-02-03T09:30:00Z',
							customFields: { tier: 2 },
						},
						data: { changed: { tier: 2 } },
					},
				},
			],
		]);
	});

	it('is the body as it came without it, and headers without secrets on request', async () => {
		const body = fresh();
		const { workflowData } = await sendSigned({
			body,
			headers: {
				'content-type': 'application/json',
				'user-agent': 'Spara',
				cookie: 'a=b',
				'x-api-key': 'k',
				'x-spara-signature': `sha256=${sign(Buffer.from(JSON.stringify(body)))}`,
			},
			parameters: { simplify: false, options: { includeHeaders: true } },
		});
		const json = workflowData?.[0][0].json as IDataObject;
		expect(json).toMatchObject(body);
		expect(Object.keys(json.headers as IDataObject)).toEqual(
			expect.arrayContaining(['user-agent', 'content-type']),
		);
		expect(JSON.stringify(json.headers)).not.toMatch(/cookie|signature|api-key/);
	});
});

describe('Respond', () => {
	const asking = { options: { respond: 'lastNode' } };
	const question = { email: 'ada@example.com', source: 'spara-workflow' };

	it('answers with the last item of the workflow', async () => {
		const { status, body } = await send({ parameters: asking });
		expect([status, JSON.parse(body)]).toEqual([200, expect.objectContaining({ event: 'lead.created' })]);
	});

	it('answers a question each time it is asked, since an API step may ask about the same lead again', async () => {
		for (let time = 0; time < 2; time++) {
			const { body, workflowData } = await send({ body: question, parameters: asking });
			expect(workflowData).toEqual([[{ json: expect.objectContaining({ data: question }) }]]);
			expect(JSON.parse(body)).toMatchObject({ data: question });
		}
	});

	it('still runs a repeated event once, and what is not answered by the workflow too', async () => {
		const event = fresh();
		await send({ body: event, parameters: asking });
		expect(await send({ body: event, parameters: asking })).toMatchObject(IGNORED);
		const other = { ...question, note: 'not answered by the workflow' };
		await send({ body: other });
		expect(await send({ body: other })).toMatchObject(IGNORED);
	});

	it('refuses a question without the proof', async () => {
		expect(await send({ body: question, parameters: asking, query: {} })).toMatchObject(REFUSED);
	});
});

describe('Fetch Lead', () => {
	let stage: SparaStage;
	beforeAll(async () => (stage = await openSpara()));
	afterAll(async () => await stage.close());

	const sendAbout = async (id: string) =>
		await send({
			credential: { baseUrl: `${stage.url}/spara/v1` },
			body: { ...fresh(), lead: { object: 'lead', id } },
			parameters: { options: { fetchLead: true } },
		});

	it('gives the lead as Spara has it', async () => {
		const [known] = stage.sandbox.leads();
		const { workflowData } = await sendAbout(known.id);
		expect(workflowData?.[0][0].json.lead).toMatchObject({ id: known.id, createdAt: known.created_at });
	});

	it('still runs when the lead cannot be had, and says so', async () => {
		const { status, workflowData } = await sendAbout('GONE0000');
		expect(status).toBe(200);
		expect(workflowData?.[0][0].json).toMatchObject({ lead: { id: 'GONE0000' }, leadFetched: false });
	});
});
