import { gunzipSync } from 'node:zlib';
import type { IDataObject, INodeType, IWebhookFunctions } from 'n8n-workflow';
import { ActiveProspectTrigger } from '../../../nodes/ActiveProspect/ActiveProspectTrigger.node';
import { LeadConduitTrigger } from '../../../nodes/LeadConduit/LeadConduitTrigger.node';
import { LeadiosaTrigger } from '../../../nodes/Leadiosa/LeadiosaTrigger.node';
import { SparaTrigger } from '../../../nodes/Spara/SparaTrigger.node';
import { SparkLoopTrigger } from '../../../nodes/SparkLoop/SparkLoopTrigger.node';
import { SparxTrigger } from '../../../nodes/Sparx/SparxTrigger.node';
import { FakeClock } from '../../unit/support/fakeClock.mts';
import { hostileRequest, type HostileRequest, type SeenDelivery } from '../../unit/support/hostile.mts';
import { leadiosaSender, senders, type Sender } from './senders.mts';

const STRANGERS = 50_000;
const GENUINE_EVERY = 500;

const triggers: Record<string, INodeType> = {
	ActiveProspect: new ActiveProspectTrigger(),
	LeadConduit: new LeadConduitTrigger(),
	Leadiosa: new LeadiosaTrigger(),
	Spara: new SparaTrigger(),
	SparkLoop: new SparkLoopTrigger(),
	Sparx: new SparxTrigger(),
};

interface Answered {
	status: number | undefined;
	runs: boolean;
}

/** Shows a request to a trigger as n8n does, without its server; `request` may come zipped or as a form. */
async function show(
	{ vendor, credential, parameters }: Sender,
	{ headers, body }: Pick<HostileRequest, 'headers' | 'body'>,
	staticData: IDataObject,
): Promise<Answered> {
	const contentType = String(headers['content-type'] ?? '');
	const isForm = contentType.startsWith('multipart/');
	const rawBody = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
	let status: number | undefined;
	const response = {
		statusCode: 200,
		status: (code: number) => {
			response.statusCode = code;
			return response;
		},
		json: () => (status = response.statusCode),
		end: () => (status = response.statusCode),
		setHeader: () => response,
		once: () => response,
	};
	const request = {
		contentType,
		rawBody: isForm ? undefined : rawBody,
		readRawBody: async () => {
			if (isForm) throw new Error('stream is not readable');
		},
	};
	const context = {
		getRequestObject: () => request,
		getResponseObject: () => response,
		getHeaderData: () => headers,
		getQueryData: () => ({}),
		getCredentials: async () => credential,
		getWorkflowStaticData: () => staticData,
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
		getNode: () => ({ id: vendor, name: vendor }),
		getWorkflow: () => ({ id: 'workflow' }),
		getMode: () => 'webhook',
		logger: { debug: () => {}, warn: () => {}, error: () => {} },
	} as unknown as IWebhookFunctions;
	const result = await triggers[vendor].webhook!.call(context);
	// n8n reads the answer once it has taken the run.
	if (result.workflowData && result.webhookResponse !== undefined) status = 200;
	return { status, runs: result.workflowData !== undefined };
}

const asRequest = ({ headers, body }: SeenDelivery) => ({ headers, body: Buffer.from(body) });

describe.each([...senders, leadiosaSender])('$vendor: 50,000 requests of strangers', (sender) => {
	it('run nothing, are each answered with a 4xx, and keep no genuine event out', async () => {
		const clock = new FakeClock(7);
		const random = (): number => clock.random();
		const staticData: IDataObject = {};
		const seen = sender.deliver('seen');
		await show(sender, asRequest(seen), staticData);
		const wrong = new Map<string, Answered>();
		const statuses: Record<string, number> = {};
		let genuine = 0;
		for (let index = 0; index < STRANGERS; index++) {
			const request = hostileRequest(seen, random);
			const answered = await show(sender, request, staticData);
			statuses[String(answered.status)] = (statuses[String(answered.status)] ?? 0) + 1;
			// Two kinds run nothing and need no proof: the body that was seen where it holds its own proof, and a ping.
			const isHarmless = answered.status === 200 && !answered.runs && isRepeatOrPing(sender, seen, request);
			const isRefused = answered.status !== undefined && answered.status >= 400 && answered.status < 500;
			if (answered.runs || !(isRefused || isHarmless)) wrong.set(request.kind, answered);
			if (index % GENUINE_EVERY > 0) continue;
			const { status, runs } = await show(sender, asRequest(sender.deliver(`genuine ${index}`)), staticData);
			if (status === 200 && runs) genuine++;
		}
		expect([...wrong]).toEqual([]);
		expect(genuine).toBe(STRANGERS / GENUINE_EVERY);
		console.info(`${sender.vendor}: ${JSON.stringify(statuses)}, ${genuine} genuine ones ran`);
	}, 120_000);
});

function isRepeatOrPing({ vendor }: Sender, seen: SeenDelivery, { body, headers }: HostileRequest): boolean {
	const bytes = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
	const text = bytes.toString();
	if (vendor === 'Leadiosa') return text === '';
	return vendor === 'LeadConduit' && text.replace(/^\uFEFF/, '') === seen.body;
}
