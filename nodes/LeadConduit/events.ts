import { createHash } from 'node:crypto';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import type { Delivery, Envelope, EventCatalogue, StatedAnswer } from '../shared/webhook/events';
import { isSignedInside, signedBody } from './bodySignature';
import { isoTime, withoutEmpty } from '../shared/data/values';
import { leadOf } from './lead';

/** The events of a lead (docs/vendors/leadconduit.md#webhooks). */
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
	const secrets = statedSecrets(credential, 'webhookSecret');
	if (secrets.length === 0) return 'the credential has no Webhook Secret';
	return isSignedInside(rawBody, secrets) ? undefined : 'its signature does not fit';
}

/**
 * There is no ID of an event (docs/vendors/leadconduit.md#webhooks): all that it says tells it from others, but for the signature. Event, lead and time alone
 * are not enough, since one lead may be delivered to two recipients in one second.
 */
function eventIdOf(rawBody: Buffer): string {
	const content = signedBody(rawBody, 'signature')?.rest ?? rawBody;
	return createHash('sha256').update(content).digest('hex');
}

function read(body: IDataObject, { rawBody }: Delivery): Envelope {
	const { event_type: event, timestamp, flow_id, lead_id: leadId } = body;
	const { lead: fields, ...data } = (body.data ?? {}) as IDataObject;
	return {
		event: typeof event === 'string' ? event : 'unknown',
		id: eventIdOf(rawBody),
		occurredAt: isoTime(timestamp),
		lead:
			leadId === undefined ? undefined : leadOf({ id: leadId, fields: fields as IDataObject | undefined }),
		data: withoutEmpty({ flow_id, ...data }),
	};
}

const answerOptions: StatedAnswer['options'] = [
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: [
			{ name: 'Error', value: 'error' },
			{ name: 'Failure', value: 'failure' },
			{ name: 'Success', value: 'success' },
		],
		default: 'success',
		description: 'What to answer with as the outcome, where the workflow is a delivery step of a flow',
	},
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'What to answer with as the price, beside the outcome',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		description: 'What to answer with as the reason, beside the outcome',
	},
];

/** Everything the trigger has to know about LeadConduit's events (docs/vendors/leadconduit.md#webhooks). */
export const events: EventCatalogue = {
	events: EVENTS,
	verify,
	missingSecret: ({ webhookVerification, webhookSecret }) =>
		webhookVerification === 'none' || webhookSecret ? undefined : 'Webhook Secret',
	isUnverified: ({ webhookVerification }) => webhookVerification === 'none',
	read,
	maxAge: {
		description:
			'How many seconds an event may be old, or ahead of the clock, to run the workflow. Older ones are acknowledged and dropped. LeadConduit may keep the time of an event when it delivers it again.',
	},
	// What LeadConduit expects of a recipient, so that a workflow can be a delivery step.
	respond: {
		lastItem: 'which is to hold outcome, and reason or price if there are any',
		stated: {
			options: answerOptions,
			content: (_envelope, { outcome, reason, price }) =>
				outcome ? withoutEmpty({ outcome, reason, price }) : undefined,
		},
	},
	enrich: {
		description:
			'Whether to read the whole lead from LeadConduit and return it instead of what the event holds',
		complete: async (envelope, body, send) => {
			if (!envelope.lead) return { envelope, body };
			const full = (await send({ method: 'GET', path: ['leads', envelope.lead.id] })) as IDataObject;
			const { id, lead_data: fields, status, created_at: createdAt, updated_at: updatedAt } = full;
			const lead = leadOf({ id, fields: fields as IDataObject, status, createdAt, updatedAt });
			return { envelope: { ...envelope, lead }, body: { ...body, lead: full } };
		},
	},
};
