import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { systemClock } from '../shared/transport/clock';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { isFresh } from '../shared/webhook/signature';
import { isSignedInside } from './bodySignature';
import { definedIn, isoTime, leadOf } from './lead';

/** Contract 6. */
const EVENTS: INodePropertyOptions[] = [
	{ name: 'Lead Accepted', value: 'lead.accepted', description: 'A flow has accepted a lead' },
	{ name: 'Lead Converted', value: 'lead.converted', description: 'A lead has become a customer' },
	{ name: 'Lead Delivered', value: 'lead.delivered', description: 'A recipient has got a lead' },
	{ name: 'Lead Failed', value: 'lead.failed', description: 'A lead could not be delivered' },
	{ name: 'Lead Received', value: 'lead.received', description: 'A lead has come in' },
	{ name: 'Lead Rejected', value: 'lead.rejected', description: 'A flow has rejected a lead' },
];

function verify({ rawBody }: Delivery, credential: IDataObject): string | undefined {
	if (credential.webhookVerification === 'none') return undefined;
	const secrets = [credential.webhookSecret, credential.previousWebhookSecret].filter(Boolean) as string[];
	if (secrets.length === 0) return 'the credential has no Webhook Secret';
	return isSignedInside(rawBody, secrets) ? undefined : 'its signature does not fit';
}

/** There is no ID of an event (contract 6): what it says, about whom and when, tells it from others. */
function eventIdOf(parts: unknown[]): string | undefined {
	return parts.every((part) => typeof part === 'string') ? parts.join('|') : undefined;
}

function read(body: IDataObject): Envelope {
	const { event_type: event, timestamp, flow_id, lead_id: leadId } = body;
	const { lead: fields, ...data } = (body.data ?? {}) as IDataObject;
	return {
		event: typeof event === 'string' ? event : 'unknown',
		id: eventIdOf([event, leadId, timestamp]),
		occurredAt: isoTime(timestamp),
		lead:
			leadId === undefined ? undefined : leadOf({ id: leadId, fields: fields as IDataObject | undefined }),
		data: definedIn({ flow_id, ...data }),
	};
}

function filter({ occurredAt }: Envelope, { maxAge }: IDataObject): boolean {
	if (typeof maxAge !== 'number' || maxAge <= 0) return true;
	return occurredAt !== undefined && isFresh(Date.parse(occurredAt), systemClock.now(), maxAge * 1000);
}

/** Everything the trigger has to know about LeadConduit's events (contract section 6). */
export const events: EventCatalogue = {
	events: EVENTS,
	verify: verify,
	isUnverified: ({ webhookVerification }) => webhookVerification === 'none',
	read,
	filter: filter,
	// What LeadConduit expects of a recipient, so that a workflow can be a delivery step.
	respond: (_envelope, { outcome, reason, price }) =>
		outcome ? definedIn({ outcome, reason, price }) : undefined,
	enrich: async (envelope, body, send) => {
		if (!envelope.lead) return { envelope, body };
		const full = (await send({ method: 'GET', path: ['leads', envelope.lead.id] })) as IDataObject;
		const { id, lead_data: fields, status, created_at: createdAt, updated_at: updatedAt } = full;
		const lead = leadOf({ id, fields: fields as IDataObject, status, createdAt, updatedAt });
		return { envelope: { ...envelope, lead }, body: { ...body, lead: full } };
	},
};
