import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { attempt, attemptAsync } from '../attempt';
import { withoutUndefined } from '../data/values';
import { systemClock } from '../clock';
import type { Vendor } from '../vendor';
import { withTransport } from '../transport/withTransport';
import { deliveriesOf, deliveryKey, type Fate, type Handling } from './dedupe';
import type { Delivery, Envelope, EventCatalogue } from './events';
import { webhookSecret } from './lifecycle';
import { ALL_EVENTS, wantedEvents } from './properties';
import { isFresh } from './signature';

/** The sender waits for our answer meanwhile. */
const MAX_WAIT_MS = 10_000;

/** Headers that hold secrets of the sender or of this n8n. */
const SECRET_HEADER = /authorization|cookie|token|signature|secret|key/i;

/** A repeat of a delivery that is being handled waits no longer for what becomes of it. */
const MAX_WAIT_FOR_FATE_MS = 10_000;

/** In seconds: when to come again with one that is still being handled. */
const RETRY_AFTER_S = 10;

/** In bytes. What is only there to try an address out holds next to nothing. */
const MAX_PING_LENGTH = 10_000;

/** Nothing stays of what was not answered as hoped. */
const FIRST_ERROR_STATUS = 400;

interface RawRequest {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

/** Why the bytes of a request cannot be had. */
interface Unreadable {
	status: 400 | 413 | 415;
	message: string;
}

/** The bytes as they came. Of multipart forms n8n leaves none; other kinds it has read, or lets us read. */
async function readBytes(context: IWebhookFunctions): Promise<Buffer | Unreadable> {
	const request = context.getRequestObject() as unknown as RawRequest;
	if (Buffer.isBuffer(request.rawBody)) return request.rawBody;
	const contentType = String(context.getHeaderData()['content-type'] ?? '');
	if (/^\s*multipart\//i.test(contentType))
		return { status: 415, message: 'Send the event as application/json' };
	const read = await attemptAsync(async () => await request.readRawBody?.());
	if (Buffer.isBuffer(request.rawBody)) return request.rawBody;
	const isTooLarge = !read.ok && (read.error as { status?: unknown }).status === 413;
	return isTooLarge
		? { status: 413, message: 'The body is larger than this n8n takes' }
		: { status: 400, message: 'The body cannot be read' };
}

/** A JSON object; `undefined` for anything else. */
export function parseObject(rawBody: Buffer): IDataObject | undefined {
	const json = attempt(() => JSON.parse(rawBody.toString('utf8')) as unknown);
	const isObject =
		json.ok && typeof json.value === 'object' && json.value !== null && !Array.isArray(json.value);
	return isObject ? (json.value as IDataObject) : undefined;
}

function answer(
	context: IWebhookFunctions,
	status: number,
	message: string,
	headers: Record<string, string> = {},
): IWebhookResponseData {
	const response = context.getResponseObject();
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
	response.status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Answers 200, with an empty body unless the sender expects something in it, and runs nothing. */
function acknowledge(context: IWebhookFunctions, content?: IDataObject): IWebhookResponseData {
	const response = context.getResponseObject().status(200);
	if (content) response.json(content);
	else response.end();
	return { noWebhookResponse: true };
}

/** Acknowledges a delivery that runs nothing, and tells the log why. */
function passOver(
	context: IWebhookFunctions,
	delivery: string,
	why: string,
	content?: IDataObject,
): IWebhookResponseData {
	context.logger.debug(`${context.getNode().name} ran nothing for ${delivery}: ${why}`);
	return acknowledge(context, content);
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
	return withoutUndefined(parts) as IDataObject;
}

/** What a genuine body says. One that the catalogue cannot read is an event all the same. */
function readEnvelope(
	context: IWebhookFunctions,
	catalogue: EventCatalogue,
	body: IDataObject,
	delivery: Delivery,
): Envelope {
	const read = attempt(() => catalogue.read(body, delivery));
	if (read.ok) return read.value;
	context.logger.warn(
		`${context.getNode().name} could not read an event, which is given as it came: ${(read.error as Error).message}`,
	);
	return { event: 'unknown', data: body };
}

/** Whether an event is older, or further ahead of the clock, than the option Max Age allows. */
function isTooOld({ maxAge }: EventCatalogue, { occurredAt }: Envelope, options: IDataObject): boolean {
	const seconds = Number(options.maxAge);
	if (!maxAge || !(seconds > 0)) return false;
	return !isFresh(Date.parse(occurredAt ?? ''), systemClock.now(), seconds * 1000);
}

/**
 * Whether the sender asks the workflow something, with words that are no event: the same words may be asked again, and
 * are answered again.
 */
function isQuestion({ events }: EventCatalogue, { event, id }: Envelope, { respond }: IDataObject): boolean {
	return respond === 'lastNode' && id === undefined && !events.some(({ value }) => value === event);
}

/** What becomes of a delivery that another request is handling; `unknown` when that takes too long. */
async function awaitFate(fate: Promise<Fate>): Promise<Fate> {
	const waiting = new AbortController();
	const timeout = systemClock.sleep(MAX_WAIT_FOR_FATE_MS, waiting.signal).then(
		() => 'unknown' as const,
		() => 'unknown' as const,
	);
	const became = await Promise.race([fate, timeout]);
	waiting.abort();
	return became;
}

/**
 * Takes a delivery on, if nobody has: once in production. In a test run every one counts, so that a person can try
 * with the same event again.
 */
async function takeOn(
	context: IWebhookFunctions,
	eventId: string,
	staticData: IDataObject,
): Promise<Handling | 'repeated' | 'beingHandled'> {
	const deliveries = deliveriesOf(`${context.getWorkflow().id} ${context.getNode().id}`);
	for (;;) {
		const beginning = deliveries.begin(eventId, staticData, systemClock.now());
		if (beginning.state === 'new') return beginning.handling;
		if (beginning.state === 'repeated') return 'repeated';
		const fate = await awaitFate(beginning.fate);
		if (fate === 'unknown') return 'beingHandled';
	}
}

/**
 * Follows what becomes of a delivery: what n8n could not take is forgotten again. An answer that was sent says so, and
 * before it the reading of `webhookResponse` (see `receive`).
 */
function followFate(context: IWebhookFunctions, handling: Handling): void {
	const response = context.getResponseObject();
	response.once('finish', () => {
		if (response.statusCode < FIRST_ERROR_STATUS) handling.handOver(systemClock.now());
		else handling.forget();
	});
}

/**
 * Takes one delivery: proves it on its raw bytes, reads it, drops what was not asked for and what came before, and
 * hands the rest to the workflow. Answers 200 to what it has handed over, had before or was not asked for; 401 to what
 * is not proved; 400, 413 or 415 to what cannot be read; 503 to what may be sent again later. Of what is not proved
 * nothing is read beyond its bytes, and no execution is made, whatever it is.
 */
export async function receive(
	context: IWebhookFunctions,
	vendor: Vendor,
	catalogue: EventCatalogue,
): Promise<IWebhookResponseData> {
	const rawBody = await readBytes(context);
	if (!Buffer.isBuffer(rawBody)) {
		context.logger.debug(`${context.getNode().name} refused a delivery: ${rawBody.message}`);
		return answer(context, rawBody.status, rawBody.message);
	}
	const delivery: Delivery = {
		rawBody,
		headers: context.getHeaderData(),
		query: context.getQueryData() as IDataObject,
	};
	// Not to be proved: it may come before the answer to the registration has brought the secret, and it runs nothing.
	if (catalogue.isPing && rawBody.length <= MAX_PING_LENGTH) {
		const ping = rawBody.length === 0 ? {} : parseObject(rawBody);
		if (ping && catalogue.isPing(ping))
			return passOver(context, 'a delivery', 'it only tries the address out');
	}

	const found = await attemptAsync(async () => await context.getCredentials(vendor.credential.name));
	if (!found.ok) {
		context.logger.error(
			`${context.getNode().name} has no credential to verify a delivery with: ${(found.error as Error).message}`,
		);
		return answer(context, 503, 'Not ready', { 'retry-after': String(RETRY_AFTER_S) });
	}
	const credential = found.value as IDataObject;
	const staticData = context.getWorkflowStaticData('node');
	const verified = attempt(() => catalogue.verify(delivery, credential, webhookSecret(staticData)));
	const refusal = verified.ok ? verified.value : 'its proof cannot be read';
	if (refusal) {
		context.logger.warn(`${context.getNode().name} refused a delivery: ${refusal}`);
		return answer(context, 401, 'Not authorized');
	}

	const body = catalogue.parse ? catalogue.parse(delivery) : parseObject(rawBody);
	if (!body) {
		const fault = catalogue.parse ? 'it cannot be read' : 'it is not a JSON object';
		context.logger.warn(`${context.getNode().name} refused a genuine delivery: ${fault}`);
		return answer(
			context,
			400,
			catalogue.parse ? 'The body cannot be read' : 'The body is not a JSON object',
		);
	}

	const envelope = readEnvelope(context, catalogue, body, delivery);
	const wanted = wantedEvents(context);
	const delivered = `"${envelope.event}"`;
	if (!wanted.includes(ALL_EVENTS) && !wanted.includes(envelope.event))
		return passOver(context, delivered, 'this event is not chosen');

	const options = context.getNodeParameter('options', {}) as IDataObject;
	if (isTooOld(catalogue, envelope, options)) return passOver(context, delivered, 'it is older than Max Age');
	if (catalogue.filter?.accepts(envelope, options) === false)
		return passOver(context, delivered, 'the options leave it out');

	const eventId = deliveryKey(envelope.id, rawBody);
	const isOnce =
		options.dropRepeats !== false &&
		context.getMode() !== 'manual' &&
		!isQuestion(catalogue, envelope, options);
	const taken = isOnce ? await takeOn(context, eventId, staticData) : undefined;
	// Who delivers again may have missed our answer.
	if (taken === 'repeated') {
		const content = catalogue.respond?.stated?.content(envelope, options);
		return passOver(context, delivered, `it has come before (${eventId})`, content);
	}
	if (taken === 'beingHandled')
		return answer(context, 503, 'This event is being handled. Send it again later.', {
			'retry-after': String(RETRY_AFTER_S),
		});

	if (taken) followFate(context, taken);
	const event = await completed(context, vendor, catalogue, { envelope, body }, options);
	const simplify = context.getNodeParameter('simplify', true) as boolean;
	const json = simplify ? simplified(vendor, event.envelope, eventId) : event.body;
	const headers = options.includeHeaders === true ? { headers: shownHeaders(delivery) } : {};
	const unverified = catalogue.isUnverified?.(credential) ? { verified: false } : {};
	const content = catalogue.respond?.stated?.content(event.envelope, options) ?? '';
	return {
		workflowData: [[{ json: { ...json, ...headers, ...unverified, ...event.notice } }]],
		// n8n asks for the answer once it has taken the run, just before it saves the static data and sends the answer.
		// What is written to the static data earlier is not saved: taking the run resets its mark of a change.
		get webhookResponse() {
			taken?.handOver(systemClock.now());
			return content;
		},
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
	{ enrich }: EventCatalogue,
	event: CompletedEvent,
	options: IDataObject,
): Promise<CompletedEvent> {
	if (!enrich || options.fetchLead !== true) return event;
	const fetched = await attemptAsync(
		async () =>
			await withTransport(context, vendor, { action: 'Fetch lead' }, async ({ sender }) => {
				const send = sender({ safety: 'safe', maxWaitMs: MAX_WAIT_MS });
				return await enrich.complete(event.envelope, event.body, send);
			}),
	);
	if (fetched.ok) return fetched.value;
	const { message } = fetched.error as Error;
	context.logger.warn(`${context.getNode().name} could not fetch the lead of an event: ${message}`);
	return { ...event, notice: { leadFetched: false } };
}
