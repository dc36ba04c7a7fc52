import type { IDataObject } from 'n8n-workflow';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import { firstText, isoTime } from '../shared/data/values';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { headerValues, isKnownToken, isSigned } from '../shared/webhook/signature';
import { simplifyLead } from './lead';

/** The envelope is not documented, so the usual places are looked at (docs/vendors/spara.md#webhooks). */
const EVENT_KEYS = ['event', 'event_type', 'type', 'event_name', 'topic'];
/** Not `id`: it may be the lead's, and the next event of the lead would then look like a repeat. */
const ID_KEYS = ['delivery_id', 'event_id'];
const TIME_KEYS = ['occurred_at', 'created_at', 'timestamp'];

function textUnder(keys: string[], values: IDataObject): string | undefined {
	return firstText(...keys.map((key) => values[key]));
}

/** The catalogue's value for an event name, however it is written: "Voice Call Ended", "voice_call.ended" ... */
function eventOf(name: string): string {
	const normal = name
		.trim()
		.toLowerCase()
		.replace(/[\s._-]+/g, '_');
	if (normal === 'lead_created') return 'lead.created';
	if (normal === 'lead_facts_updated') return 'lead.facts_updated';
	return normal.endsWith('call_ended') ? 'voice_call.ended' : name;
}

function eventNameOf(body: IDataObject, { headers }: Delivery): string {
	const told = Object.entries(headers).flatMap(([name, value]) =>
		name.includes('event') ? headerValues(value) : [],
	);
	const isListed = (name: string): boolean => events.events.some(({ value }) => value === eventOf(name));
	return textUnder(EVENT_KEYS, body) ?? told.find(isListed) ?? told[0] ?? 'unknown';
}

/** The lead object, wherever it stands: under `lead`, under `data`, or the body itself. */
function leadIn(body: IDataObject): IDataObject | undefined {
	const data = (body.data ?? {}) as IDataObject;
	const candidates = [body.lead, data.lead, data, body] as Array<IDataObject | undefined>;
	return candidates.find(
		(candidate) => candidate?.object === 'lead' || (candidate === body.lead && candidate?.id),
	);
}

function read(body: IDataObject, delivery: Delivery): Envelope {
	const lead = leadIn(body);
	const envelopeKeys = [...EVENT_KEYS, ...ID_KEYS, ...TIME_KEYS, 'lead'];
	const rest = Object.entries(body).filter(([key]) => lead === body || !envelopeKeys.includes(key));
	return {
		event: eventOf(eventNameOf(body, delivery)),
		id: lead === body ? undefined : textUnder(ID_KEYS, body),
		// The times of a lead are its own, not the event's.
		occurredAt: lead === body ? undefined : isoTime(textUnder(TIME_KEYS, body)),
		lead: lead && simplifyLead(lead),
		data: Object.fromEntries(rest),
	};
}

/** Spara documents no signature; the user sets up what the sender can do (docs/vendors/spara.md#webhooks). */
function verify({ rawBody, headers, query }: Delivery, credential: IDataObject): string | undefined {
	const { webhookVerification, webhookHeader, webhookEncoding, webhookPrefix } = credential as Record<
		string,
		string
	>;
	const secrets = statedSecrets(credential, 'webhookSecret');
	if (webhookVerification === 'none') return undefined;
	if (secrets.length === 0) return 'the credential has no Webhook Secret';

	const received = headerValues(headers[(webhookHeader ?? '').toLowerCase()]);
	const token = typeof query.token === 'string' ? [query.token] : [];
	const isGenuine = new Map<string, () => boolean>(
		Object.entries({
			header: () =>
				isKnownToken(
					received.map((value) => value.replace(/^Bearer /i, '')),
					secrets,
				),
			query: () => isKnownToken(token, secrets),
			hmac: () =>
				isSigned({
					rawBody,
					received,
					secrets,
					encoding: webhookEncoding === 'base64' ? 'base64' : 'hex',
					prefix: webhookPrefix,
				}),
		}),
	);
	return isGenuine.get(webhookVerification)?.() ? undefined : 'its token or signature is missing or wrong';
}

/** What Spara's events are and how they are read (docs/vendors/spara.md#webhooks). */
export const events: EventCatalogue = {
	events: [
		{ name: 'Lead Created', value: 'lead.created', description: 'A new lead exists' },
		{
			name: 'Lead Facts Updated',
			value: 'lead.facts_updated',
			description: 'A field was captured or changed in Spara; changes by this node do not count',
		},
		{
			name: 'Voice Call Ended',
			value: 'voice_call.ended',
			description: 'A call has ended: outcome, summary, transcript and recording',
		},
	],
	verify,
	missingSecret: ({ webhookVerification, webhookSecret }) =>
		webhookVerification === 'none' || webhookSecret ? undefined : 'Webhook Secret',
	read,
	// An API step of a Spara workflow reads the answer (docs/vendors/spara.md#api-step).
	respond: { lastItem: 'of which an API step of a Spara workflow takes the fields that it is to extract' },
	enrich: {
		description: 'Whether to read the whole lead from Spara and return it instead of what the event holds',
		complete: async (envelope, body, send) => {
			if (!envelope.lead) return { envelope, body };
			const lead = (await send({ method: 'GET', path: ['leads', envelope.lead.id] })) as IDataObject;
			return { envelope: { ...envelope, lead: simplifyLead(lead) }, body: { ...body, lead } };
		},
	},
};
