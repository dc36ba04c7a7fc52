import type { IDataObject } from 'n8n-workflow';
import { firstText, isoTime } from '../shared/data/values';
import type { Lead } from '../shared/lead/lead';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { headerValues, isSigned } from '../shared/webhook/signature';
import type { Send } from '../shared/transport/transport';
import { eventOptions } from './eventOptions';
import { simplifyContact } from './lead';
import { messageSenders, paths, unwrap } from './vendor';

/** The documented header, and the one of the vendor's newer documentation (docs/vendors/leadiosa.md#later-revision). */
const SIGNATURE_HEADERS = ['x-leadiosa-signature', 'x-signature-256'];

/** Of the newer documentation: the type of the event where the body has none. */
const EVENT_HEADER = 'x-webhook-event';

const ENVELOPE_KEYS = ['id', 'type', 'event', 'created_at', 'timestamp', 'data'];

/** What may be about a contact without holding anything of it but its ID. */
const ABOUT_CONTACTS = /^contact\./;

function object(value: unknown): IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as IDataObject) : {};
}

/** IDs in the data of an event, snake_case or, in the newer documentation, camelCase and whole records. */
function idIn(data: IDataObject, thing: 'contact' | 'conversation'): string | undefined {
	return firstText(data[`${thing}_id`], data[`${thing}Id`], object(data[thing]).id);
}

function leadIn(event: string, data: IDataObject): Lead | undefined {
	if (!ABOUT_CONTACTS.test(event)) return undefined;
	const id = idIn(data, 'contact');
	return id === undefined ? undefined : simplifyContact({ ...data, ...object(data.contact), id });
}

function read(body: IDataObject, { headers }: Delivery): Envelope {
	const event = firstText(body.type, body.event, headerValues(headers[EVENT_HEADER])[0]) ?? 'unknown';
	const data = object(body.data);
	const rest = Object.entries(body).filter(([key]) => !ENVELOPE_KEYS.includes(key));
	return {
		event,
		id: firstText(body.id),
		occurredAt: isoTime(body.created_at ?? body.timestamp),
		lead: leadIn(event, data),
		data: { ...Object.fromEntries(rest), ...data },
	};
}

/**
 * The HMAC of the bytes (docs/vendors/leadiosa.md#signature), as bare hex or after `sha256=`, in whichever of the two
 * headers there is.
 */
function verify(
	{ rawBody, headers }: Delivery,
	{ webhookSecret }: IDataObject,
	madeSecret?: string,
): string | undefined {
	const secrets = [madeSecret, webhookSecret].filter(Boolean) as string[];
	if (secrets.length === 0) return 'its secret is not known. Deactivate the workflow and activate it again';
	const received = SIGNATURE_HEADERS.flatMap((name) => headerValues(headers[name])).map((value) =>
		value.replace(/^sha256=/, ''),
	);
	return isSigned({ rawBody, received, secrets, encoding: 'hex' })
		? undefined
		: 'its signature is missing or wrong';
}

/** ASSUMED (docs/vendors/leadiosa.md#registration): the body of a ping is not documented. */
function isPing(body: IDataObject): boolean {
	return body.type === 'ping' || body.event === 'ping' || Object.keys(body).length === 0;
}

function isFromWantedSender(
	{ event, data }: Envelope,
	{ messageSenders: wanted = ['visitor'] }: IDataObject,
): boolean {
	const sender = firstText(data.from, object(data.message).from);
	return event !== 'message.created' || sender === undefined || (wanted as string[]).includes(sender);
}

async function contactOf(data: IDataObject, send: Send): Promise<IDataObject | undefined> {
	const readOne = async (path: string[], id: string): Promise<IDataObject> =>
		unwrap(await send({ method: 'GET', path: [...path, id] }));
	const conversationId = idIn(data, 'conversation');
	const conversation =
		conversationId && !idIn(data, 'contact') ? await readOne(paths.conversations, conversationId) : data;
	const contactId = idIn(conversation, 'contact');
	return contactId === undefined ? undefined : await readOne(paths.contacts, contactId);
}

/** What Leadiosa's events are and how they are read (docs/vendors/leadiosa.md#webhooks). */
export const events: EventCatalogue = {
	events: eventOptions,
	verify,
	read,
	isPing,
	filter: {
		options: [
			{
				displayName: 'Message Senders',
				name: 'messageSenders',
				type: 'multiOptions',
				options: messageSenders,
				default: ['visitor'],
				description:
					'Whose messages run the workflow. With Operator or AI, a workflow that sends messages starts itself again.',
			},
		],
		accepts: isFromWantedSender,
	},
	enrich: {
		description:
			'Whether to read the contact of an event, or of its conversation, from Leadiosa and return it as the lead',
		complete: async (envelope, body, send) => {
			const contact = await contactOf(envelope.data, send);
			if (!contact) return { envelope, body };
			return { envelope: { ...envelope, lead: simplifyContact(contact) }, body: { ...body, contact } };
		},
	},
};
