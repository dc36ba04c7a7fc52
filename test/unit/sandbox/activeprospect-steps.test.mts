import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openActiveProspect } from './activeprospectApi.mts';

let stage: Awaited<ReturnType<typeof openActiveProspect>>;
let answer = { status: 200, body: '{}' };
const received: Array<{ headers: NodeJS.Dict<string | string[]>; body: string }> = [];
const receiver = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
	response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
});

beforeAll(async () => {
	stage = await openActiveProspect();
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
	stage.activeprospect.reset();
	received.length = 0;
	answer = { status: 200, body: '{"outcome":"success"}' };
	stage.activeprospect.registerWebhook({
		account: 'acme',
		url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/in`,
		authentication: { kind: 'header', name: 'X-LeadConduit-Token', value: 'a-long-secret' },
	});
});
afterAll(async () => {
	receiver.closeAllConnections();
	receiver.close();
	await stage.close();
});

const ana = { email: 'ana@shop.example', state: 'TX' };
/** A lead is submitted; the events of its recipient step and of its source. */
const leadComes = async () => {
	const { json } = await stage.post('submit', ana);
	const [recipient, source] = stage.activeprospect.events();
	expect([recipient.type, source.type]).toEqual(['recipient', 'source']);
	return { json, recipient, source };
};

describe('what a recipient step sends', () => {
	it('is what is mapped, every value a text, an unknown one empty', async () => {
		const { json, recipient } = await leadComes();
		expect(received).toHaveLength(1);
		expect(received[0].headers).toMatchObject({
			'content-type': 'application/json',
			'x-leadconduit-token': 'a-long-secret',
		});
		expect(JSON.parse(received[0].body)).toEqual({
			event_id: recipient.id,
			lead_id: json.lead.id,
			flow_id: stage.flows.solar,
			flow_name: 'Solar',
			source_id: stage.entities.form,
			source_name: 'Web form',
			submitted_at: new Date(stage.clock.now()).toISOString(),
			price: '18.5',
			lead: { first_name: '', last_name: '', email: ana.email, phone_1: '', state: 'TX', reference: '' },
		});
	});

	it('changes with the mappings; a header that may not be set skips the step', async () => {
		stage.activeprospect.mapStep({
			mappings: {
				'header.X-Flow': '{{flow.name}}',
				'json_property.lead.email': null,
				'json_property.a.b': 'fixed',
			},
		});
		await leadComes();
		const body = JSON.parse(received[0].body);
		expect(received[0].headers['x-flow']).toBe('Solar');
		expect([body.a, 'email' in body.lead]).toEqual([{ b: 'fixed' }, false]);
		stage.activeprospect.mapStep({ mappings: { 'header.Accept': 'text/html' } });
		await stage.post('submit', ana);
		expect(received).toHaveLength(1);
		expect(stage.activeprospect.events()).toContainEqual(
			expect.objectContaining({ type: 'recipient', outcome: 'skip', reason: 'header.Accept may not be set' }),
		);
	});

	it.each([
		['form', 'application/x-www-form-urlencoded', 'lead.email=ana%40shop.example'],
		['xml', 'application/xml', '<lead.email>ana@shop.example</lead.email>'],
	] as const)('may be %s', async (deliveryFormat, type, part) => {
		stage.activeprospect.configure({ deliveryFormat });
		await leadComes();
		expect(received[0].headers['content-type']).toBe(type);
		expect(received[0].body).toContain(part);
		stage.activeprospect.configure({ deliveryFormat: 'json' });
	});
});

describe('what a recipient step makes of an answer', () => {
	it.each([
		['the outcome success', 200, '{"outcome":"success","price":21}', { outcome: 'success', sale_price: 21 }],
		['any case of it', 201, '{"outcome":"SUCCESS"}', { outcome: 'success' }],
		[
			'a word that only holds it',
			200,
			'{"outcome":"unsuccessful"}',
			{ outcome: 'failure', reason: 'no match' },
		],
		['a refusal', 200, '{"outcome":"failure","reason":"sold"}', { outcome: 'failure', reason: 'sold' }],
		['a 401 that says nothing', 401, '', { outcome: 'failure', reason: 'no match' }],
		['a 404 that says success', 404, '{"outcome":"success"}', { outcome: 'success' }],
		['a crash that says success', 500, '{"outcome":"success"}', { outcome: 'error', reason: 'Server error' }],
		['try again', 503, '', { outcome: 'error', reason: 'Server error' }],
		['no JSON', 200, 'success', { outcome: 'failure' }],
		['a list, which stands under "array"', 200, '[{"outcome":"success"}]', { outcome: 'failure' }],
	])('%s', async (_name, status, body, expected) => {
		answer = { status, body };
		const { json, recipient } = await leadComes();
		expect(recipient).toMatchObject(expected);
		// The lead stays what it is, unless a filter of the flow says otherwise.
		expect(json.outcome).toBe('success');
	});

	it('without a term everything is success, a 401 too', async () => {
		stage.activeprospect.mapStep({ mappings: { outcome_search_term: null } });
		answer = { status: 401, body: '' };
		expect((await leadComes()).recipient.outcome).toBe('success');
	});

	it('with the plain word "unsuccessful" is success, which is why ^success$ is to be entered', async () => {
		stage.activeprospect.mapStep({ mappings: { outcome_search_term: 'success' } });
		answer = { status: 200, body: '{"outcome":"unsuccessful"}' };
		expect((await leadComes()).recipient.outcome).toBe('success');
	});

	it('appends it to the lead under the key of the step', async () => {
		answer = { status: 200, body: '{"outcome":"success","reference":"crm-88","score":{"tier":"A"}}' };
		const { recipient, source } = await leadComes();
		expect(recipient.reference).toBe('crm-88');
		expect(source.vars.crm).toEqual({ outcome: 'success', reference: 'crm-88', score: { tier: 'A' } });
	});

	it('is a retry later where the server failed, and none where it refused', async () => {
		const attempts = () => stage.activeprospect.deliveries().map(({ status }) => status);
		answer = { status: 503, body: '' };
		await leadComes();
		answer = { status: 401, body: '' };
		for (let waits = 0; waits < 20 && attempts().length < 2; waits++) {
			stage.clock.advance(60_000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		await stage.activeprospect.settled();
		expect(attempts()).toEqual([503, 401]);
	});
});

describe('feedback', () => {
	const feedback = async (query: string, body: object = { type: 'return' }) =>
		await stage.send('POST', `/feedback${query}`, body, { authorization: undefined });

	it('is about the event of a delivery, and each one is stored', async () => {
		const { json, recipient, source } = await leadComes();
		for (let time = 0; time < 2; time++)
			expect(await feedback(`?event_id=${recipient.id}`)).toMatchObject({
				status: 201,
				json: { outcome: 'success', reason: null, lead: { id: json.lead.id, email: ana.email }, price: 0 },
			});
		expect(stage.activeprospect.events().filter(({ type }) => type === 'feedback-received')).toHaveLength(2);
		expect((await feedback(`?event_id=${source.id}`)).status).toBe(404);
	});

	it('wants an event and one of two types, and a recipient that takes it', async () => {
		const { recipient } = await leadComes();
		const missing = await feedback('');
		expect([missing.status, missing.type]).toEqual([400, 'text/plain']);
		expect((await feedback(`?event_id=${recipient.id}`, { type: 'refund' })).json.outcome).toBe('failure');
		stage.activeprospect.configure({ takesFeedback: false });
		const { status, json } = await feedback(`?event_id=${recipient.id}`);
		stage.activeprospect.configure({ takesFeedback: true });
		expect([status, json.error]).toEqual([409, 'feedback is forbidden for this recipient']);
	});
});
