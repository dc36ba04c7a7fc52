import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { attempt } from '../attempt';
import { systemClock } from '../transport/clock';
import { openTransport } from '../transport/transport';
import type { Vendor } from '../transport/vendor';
import type { Delivery, Envelope, EventCatalogue } from './events';
import { webhookSecret } from './lifecycle';
import { ALL_EVENTS, wantedEvents } from './properties';
import { acceptOnce, deliveryKey } from './dedupe';

/** The sender waits for our answer meanwhile. */
const MAX_WAIT_MS = 10_000;

/** Headers that hold secrets of the sender or of this n8n. */
const SECRET_HEADER = /authorization|cookie|token|signature|secret|key/i;

interface RawRequest {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

async function readDelivery(context: IWebhookFunctions): Promise<Delivery | undefined> {
	const request = context.getRequestObject() as unknown as RawRequest;
	await request.readRawBody?.();
	const { rawBody } = request;
	if (!Buffer.isBuffer(rawBody)) return undefined;
	return { rawBody, headers: context.getHeaderData(), query: context.getQueryData() as IDataObject };
}

function parseObject(rawBody: Buffer): IDataObject | undefined {
	const json = attempt(() => JSON.parse(rawBody.toString('utf8')) as unknown);
	const isObject =
		json.ok && typeof json.value === 'object' && json.value !== null && !Array.isArray(json.value);
	return isObject ? (json.value as IDataObject) : undefined;
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Answers 200, with an empty body unless the sender expects something in it, and runs nothing. */
function acknowledge(context: IWebhookFunctions, content?: IDataObject): IWebhookResponseData {
	const response = context.getResponseObject().status(200);
	if (content) response.json(content);
	else response.end();
	return { noWebhookResponse: true };
}

function shownHeaders({ headers }: Delivery): IDataObject {
	return Object.fromEntries(
		Object.entries(headers).filter(([name]) => !SECRET_HEADER.test(name)),
	) as IDataObject;
}

function simplified(
	{ platform }: Vendor,
	{ event, occurredAt, lead, data }: Envelope,
	eventId: string,
): IDataObject {
	const parts = { platform, event, eventId, occurredAt, lead, data };
	return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as IDataObject;
}

/**
 * Takes one delivery: proves it on its raw bytes, reads it, drops what was not asked for and what came before, and
 * hands the rest to the workflow. Answers 401 to what is not proved, 400 to what cannot be read, else 200.
 */
export async function receive(
	context: IWebhookFunctions,
	vendor: Vendor,
	catalogue: EventCatalogue,
): Promise<IWebhookResponseData> {
	const credential = (await context.getCredentials(vendor.credential)) as IDataObject;
	const delivery = await readDelivery(context);
	const body = delivery && parseObject(delivery.rawBody);
	const ping = delivery?.rawBody.length === 0 ? {} : body;
	// Not to be proved: it may come before the answer to the registration has brought the secret, and it runs nothing.
	if (ping && catalogue.isPing?.(ping)) return acknowledge(context);

	const staticData = context.getWorkflowStaticData('node');
	const refusal = delivery
		? catalogue.verify(delivery, credential, webhookSecret(staticData))
		: 'the bytes of the body are not at hand';
	if (!delivery || refusal) {
		context.logger.warn(`${context.getNode().name} refused a delivery: ${refusal}`);
		return answer(context, 401, 'Not authorized');
	}

	if (!body) return answer(context, 400, 'The body is not a JSON object');

	const envelope = catalogue.read(body, delivery);
	const wanted = wantedEvents(context);
	if (!wanted.includes(ALL_EVENTS) && !wanted.includes(envelope.event)) return acknowledge(context);

	const options = context.getNodeParameter('options', {}) as IDataObject;
	if (catalogue.filter?.(envelope, options) === false) return acknowledge(context);

	const eventId = deliveryKey(envelope.id, delivery.rawBody);
	const memory = {
		trigger: [context.getWorkflow().id, context.getNode().id, context.getMode()].join(' '),
		staticData,
	};
	const isNew = acceptOnce(memory, eventId, systemClock.now());
	// Who delivers again may have missed our answer.
	if (!isNew && options.dropRepeats !== false)
		return acknowledge(context, catalogue.respond?.(envelope, options));

	const event = await completed(context, vendor, catalogue, { envelope, body }, options);
	const simplify = context.getNodeParameter('simplify', true) as boolean;
	const json = simplify ? simplified(vendor, event.envelope, eventId) : event.body;
	const headers = options.includeHeaders === true ? { headers: shownHeaders(delivery) } : {};
	const unverified = catalogue.isUnverified?.(credential) ? { verified: false } : {};
	const webhookResponse = catalogue.respond?.(event.envelope, options);
	return {
		workflowData: [[{ json: { ...json, ...headers, ...unverified, ...event.notice } }]],
		...(webhookResponse ? { webhookResponse } : {}),
	};
}

interface CompletedEvent {
	envelope: Envelope;
	body: IDataObject;
	notice?: IDataObject;
}

/** The event with what the vendor's API adds, if the user wants that. An event is never lost for its sake. */
async function completed(
	context: IWebhookFunctions,
	vendor: Vendor,
	{ enrich: complete }: EventCatalogue,
	event: CompletedEvent,
	options: IDataObject,
): Promise<CompletedEvent> {
	if (!complete || options.fetchLead !== true) return event;
	try {
		const transport = await openTransport(context, vendor);
		return await complete(
			event.envelope,
			event.body,
			transport.sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS }),
		);
	} catch (error) {
		context.logger.warn(
			`${context.getNode().name} could not fetch the lead of an event: ${(error as Error).message}`,
		);
		return { ...event, notice: { leadFetched: false } };
	}
}
