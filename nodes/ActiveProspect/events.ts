import type { IDataObject } from 'n8n-workflow';
import { withoutEmpty } from '../shared/data/values';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import type { Delivery, Envelope, EventCatalogue, StatedAnswer } from '../shared/webhook/events';
import { headerValues, isKnownToken } from '../shared/webhook/signature';
import { parseBody } from './body';
import { isoTime, leadOf } from './lead';

/** As a step's mapping `header.X-LeadConduit-Token` sets it; header names are lower case here. */
const TOKEN_HEADER = 'x-leadconduit-token';

const DELIVERED = 'lead.delivered';

function basicPasswords(values: string[]): string[] {
	return values
		.filter((value) => /^basic /i.test(value))
		.map((value) => Buffer.from(value.slice('Basic '.length).trim(), 'base64').toString('utf8'))
		.filter((pair) => pair.includes(':'))
		.map((pair) => pair.slice(pair.indexOf(':') + 1));
}

/** What a delivery shows to prove itself: nothing signs its body (docs/vendors/activeprospect.md#recipient-steps). */
function proofsOf({ headers, query }: Delivery, kind: unknown): string[] {
	if (kind === 'basic') return basicPasswords(headerValues(headers.authorization));
	if (kind === 'query') return [query.token].flat().filter((token) => typeof token === 'string');
	return headerValues(headers[TOKEN_HEADER]);
}

function verify(delivery: Delivery, credential: IDataObject): string | undefined {
	if (credential.webhookVerification === 'none') return undefined;
	const secrets = statedSecrets(credential, 'webhookSecret');
	if (secrets.length === 0) return 'the credential has no Webhook Secret';
	return isKnownToken(proofsOf(delivery, credential.webhookVerification), secrets)
		? undefined
		: 'its secret is missing or wrong';
}

function asNumber(value: unknown): unknown {
	const isNumeric = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
	return isNumeric ? Number(value) : value;
}

/**
 * Only what the step maps is there, so nothing is required (docs/vendors/activeprospect.md#recipient-steps). Values of
 * templates are texts.
 */
function read(body: IDataObject): Envelope {
	const { event_id: eventId, lead_id, submitted_at: submittedAt, lead, price, ...data } = body;
	const isNested = typeof lead === 'object' && lead !== null && !Array.isArray(lead);
	const { id: ownId, ...fields } = (isNested ? lead : {}) as IDataObject;
	const leadId = lead_id ?? ownId;
	const isId = (value: unknown): boolean =>
		(typeof value === 'string' && value !== '') || typeof value === 'number';
	return {
		event: DELIVERED,
		...(isId(eventId) ? { id: String(eventId) } : {}),
		occurredAt: isoTime(submittedAt),
		...(isId(leadId) ? { lead: leadOf({ id: leadId, fields, createdAt: submittedAt }) } : {}),
		data: withoutEmpty({ event_id: eventId, ...data, price: asNumber(price) as IDataObject['price'] }),
	};
}

const answerOptions: StatedAnswer['options'] = [
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: [
			{ name: 'Error', value: 'error', description: 'The lead could not be processed' },
			{ name: 'Failure', value: 'failure', description: 'The lead is declined' },
			{ name: 'Success', value: 'success', description: 'The lead is accepted' },
		],
		default: 'success',
		description:
			'What to answer to every delivery. To decide lead by lead, set Respond to When Last Node Finishes.',
	},
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 2 },
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
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		description: 'What to answer with as the reference, beside the outcome',
	},
];

/** Everything the trigger has to know about recipient steps (docs/vendors/activeprospect.md#recipient-steps). */
export const events: EventCatalogue = {
	events: [
		{ name: 'Lead Delivered', value: DELIVERED, description: 'A recipient step of a flow has sent a lead' },
	],
	verify,
	missingSecret: ({ webhookVerification, webhookSecret }) =>
		webhookVerification === 'none' || webhookSecret ? undefined : 'Webhook Secret',
	isUnverified: ({ webhookVerification }) => webhookVerification === 'none',
	parse: parseBody,
	read,
	// Without an outcome in the answer the step would read a failure.
	respond: {
		lastItem:
			'which is to hold outcome, and reason, price, reference or further data for the lead if there are any',
		stated: {
			options: answerOptions,
			content: (_envelope, { outcome = 'success', reason, price, reference }) =>
				withoutEmpty({ outcome, reason, price, reference }),
		},
	},
};
