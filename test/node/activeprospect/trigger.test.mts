import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectTrigger } from '../../../nodes/ActiveProspect/ActiveProspectTrigger.node.ts';
import { deliver, type Delivery } from '../engine/webhook.mts';
import { openStage, SECRET, type Stage } from './stage.mts';

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
afterAll(async () => await stage.close());

let serial = 0;
const bodyOf = (more: IDataObject = {}) => ({
	event_id: `66aa10f2c0ffee0011${String(++serial).padStart(6, '0')}`,
	lead_id: '66aa10f2c0ffee0011223344',
	flow_id: '66aa10f2c0ffee0011223300',
	source_name: 'Web form',
	submitted_at: '2026-03-02T10:00:00Z',
	price: '18.5',
	lead: { email: 'ana@shop.example', phone_1: '5125550142', state: 'TX' },
	...more,
});
const token = { 'x-leadconduit-token': SECRET };

const receive = async (
	body: string,
	{ headers = token, ...more }: Partial<Delivery> & { headers?: Record<string, string> } = {},
	credential: IDataObject = {},
	parameters: IDataObject = {},
) =>
	await deliver({
		trigger: new ActiveProspectTrigger(),
		parameters: parameters as Delivery['parameters'],
		credentials: stage.credentialOf(credential),
		credentialTypes: stage.credentialTypes,
		rawBody: Buffer.from(body),
		headers: { 'content-type': 'application/json', ...headers },
		...more,
	});
const output = ({ workflowData }: Awaited<ReturnType<typeof receive>>) =>
	workflowData?.[0].map(({ json }) => json);

const expected = (eventId: string) => ({
	platform: 'activeprospect',
	event: 'lead.delivered',
	eventId,
	occurredAt: '2026-03-02T10:00:00.000Z',
	lead: {
		platform: 'activeprospect',
		id: '66aa10f2c0ffee0011223344',
		email: 'ana@shop.example',
		phone: '5125550142',
		createdAt: '2026-03-02T10:00:00.000Z',
		customFields: { state: 'TX' },
	},
	data: { event_id: eventId, flow_id: '66aa10f2c0ffee0011223300', source_name: 'Web form', price: 18.5 },
});

describe('deliveries of a recipient step', () => {
	it('run once, and are answered with an outcome, a repeated one too', async () => {
		const body = bodyOf();
		const first = await receive(JSON.stringify(body));
		expect(output(first)).toEqual([expected(body.event_id)]);
		expect(JSON.parse(first.body)).toEqual({ outcome: 'success' });
		const again = await receive(JSON.stringify(body), { staticData: first.staticData });
		expect([again.status, again.workflowData]).toEqual([200, undefined]);
		expect(JSON.parse(again.body)).toEqual({ outcome: 'success' });
	});

	it('may be a form or XML', async () => {
		const { lead, ...flat } = bodyOf();
		const fields = {
			...flat,
			'lead.email': lead.email,
			'lead.phone_1': lead.phone_1,
			'lead.state': lead.state,
		};
		const form = new URLSearchParams(fields as Record<string, string>).toString();
		const asForm = await receive(form, {
			headers: { ...token, 'content-type': 'application/x-www-form-urlencoded' },
		});
		expect(output(asForm)).toEqual([expected(flat.event_id)]);
		const other = bodyOf().event_id;
		const members = Object.entries({ ...fields, event_id: other }).map(
			([name, value]) => `<${name}>${String(value)}</${name}>`,
		);
		const asXml = await receive(`<?xml version="1.0"?><lead>${members.join('')}</lead>`, {
			headers: { ...token, 'content-type': 'text/xml; charset=utf-8' },
		});
		expect(output(asXml)).toEqual([expected(other)]);
	});

	it('are answered with what the user has set', async () => {
		const options = { outcome: 'failure', reason: 'outside territory', price: 2, reference: 'crm-88' };
		const { body } = await receive(JSON.stringify(bodyOf()), {}, {}, { options });
		expect(JSON.parse(body)).toEqual(options);
	});

	it.each([
		['no token', {}, {}],
		['a wrong token', { 'x-leadconduit-token': `${SECRET}x` }, {}],
		['a token where Basic is wanted', token, { webhookVerification: 'basic' }],
		['no secret in the credential', { 'x-leadconduit-token': '' }, { webhookSecret: '' }],
	])('are refused with %s', async (_name, headers, credential) => {
		const { status, workflowData } = await receive(JSON.stringify(bodyOf()), { headers }, credential);
		expect([status, workflowData]).toEqual([401, undefined]);
	});

	it('prove themselves by Basic, by the address, or by the secret before', async () => {
		const basic = `Basic ${Buffer.from(`any:${SECRET}`).toString('base64')}`;
		const ways = [
			await receive(
				JSON.stringify(bodyOf()),
				{ headers: { authorization: basic } },
				{ webhookVerification: 'basic' },
			),
			await receive(JSON.stringify(bodyOf()), { headers: {}, query: { token: SECRET } } as never, {
				webhookVerification: 'query',
			}),
			await receive(
				JSON.stringify(bodyOf()),
				{},
				{ webhookSecret: 'new-one', previousWebhookSecret: SECRET },
			),
		];
		expect(ways.map((way) => output(way)?.length)).toEqual([1, 1, 1]);
	});

	it.each([
		['a list', 'application/json', '[1]'],
		['XML that ends early', 'text/xml', '<lead><a>1</a>'],
		['XML with a document type', 'text/xml', '<!DOCTYPE a [<!ENTITY b "c">]><lead><a>&b;</a></lead>'],
		['XML nested beyond reason', 'text/xml', '<a>'.repeat(100_000)],
		['an empty form', 'application/x-www-form-urlencoded', ''],
	])('genuine but unreadable: %s', async (_name, type, body) => {
		const { status, workflowData } = await receive(body, { headers: { ...token, 'content-type': type } });
		expect([status, workflowData]).toEqual([400, undefined]);
	});
});
