import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LeadConduitTrigger } from '../../../nodes/LeadConduit/LeadConduitTrigger.node.ts';
import { deliver } from '../engine/webhook.mts';
import { signature as SIGNATURE } from '../../../sandbox/leadconduit/events.mts';
import { flow, openStage, SECRET, type Stage } from './stage.mts';

/** Much more than it takes, for a machine that does other things meanwhile. */
jest.setTimeout(60_000);

let stage: Stage;
beforeAll(async () => {
	stage = await openStage();
});
beforeEach(() => {
	stage.leadconduit.reset();
	stage.limitTo();
});
afterAll(async () => await stage.close());

it('a batch whose answer has no results may have been taken, and no lead is called unread', async () => {
	stage.leadconduit.configure({ batchResults: 'missing' });
	const items = [1, 2].map((row) => ({ email: `${row}@shop.example` }));
	const parameters = {
		flowId: flow('flow_plain'),
		leadData: 'json',
		fieldsJson: '={{ { email: $json.email, phone: "512-555-0142", postal_code: "78701" } }}',
	};
	const { items: output, errorItems } = await stage.run(['lead', 'submitMany'], parameters, items, {
		settings: { onError: 'continueErrorOutput' },
	});
	expect(output).toEqual([]);
	expect(errorItems.map(({ json }) => json.message)).toEqual(
		items.map(
			() =>
				'LeadConduit gave no result for this lead, so it is not certain whether it was taken. Search for the lead in LeadConduit before you submit it again.',
		),
	);
	expect(Object.keys(stage.leadconduit.writes({ kind: 'receive' }))).toHaveLength(2);
});

it('one lead delivered to two recipients in one second is two events; each of them again is none', async () => {
	const bodies: Buffer[] = [];
	const receiver = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			bodies.push(Buffer.concat(chunks));
			response.end();
		});
	});
	await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
	const { port } = receiver.address() as AddressInfo;
	const authentication = { kind: 'body-hmac', secret: SECRET, ...SIGNATURE } as const;
	stage.leadconduit.registerWebhook({
		account: 'flow_plain',
		url: `http://127.0.0.1:${port}/`,
		authentication,
	});
	const at = Date.UTC(2026, 1, 3, 9);
	const [leadId] = stage.leadconduit.seedLeads({
		flow: 'flow_plain',
		count: 1,
		from: at / 1000,
		to: at / 1000,
	});
	for (const id of ['recipient_1', 'recipient_2'])
		await stage.leadconduit.emit({ event: 'lead.delivered', leadId, at, recipient: { id, name: id } });
	receiver.close();
	expect(bodies).toHaveLength(2);

	let staticData = {};
	const runs: unknown[] = [];
	for (const rawBody of [...bodies, ...bodies]) {
		const result = await deliver({
			trigger: new LeadConduitTrigger(),
			parameters: {},
			credentials: stage.credentialOf(),
			credentialTypes: stage.credentialTypes,
			headers: { 'content-type': 'application/json' },
			rawBody,
			staticData,
		});
		expect(result.status).toBe(200);
		({ staticData } = result);
		runs.push(result.workflowData?.[0][0].json.data);
	}
	expect(runs).toMatchObject([
		{ recipient: { id: 'recipient_1' } },
		{ recipient: { id: 'recipient_2' } },
		undefined as never,
		undefined as never,
	]);
});
