import type { IDataObject } from 'n8n-workflow';
import { statedSecrets } from '../shared/credential/rotatedSecret';
import type { Delivery, Envelope, EventCatalogue } from '../shared/webhook/events';
import { headerValues, isKnownToken } from '../shared/webhook/signature';
import { simplifyLead, withIsoTimes } from './lead';

/**
 * A token of the account, the same with every event; nothing is signed (docs/vendors/sparkloop.md#webhooks). Header
 * names are lower case here.
 */
const TOKEN_HEADER = 'sparkloop-token';

function verify({ headers }: Delivery, credential: IDataObject): string | undefined {
	if (credential.webhookVerification === 'none') return undefined;
	const tokens = statedSecrets(credential, 'webhookToken');
	if (tokens.length === 0) return 'the credential has no Webhook Token';
	return isKnownToken(headerValues(headers[TOKEN_HEADER]), tokens)
		? undefined
		: 'its token is missing or wrong';
}

/**
 * The event is named by `type`; a client in the wild reads `event` (docs/vendors/sparkloop.md#webhooks). No event has
 * an ID or a time of its own.
 */
function read(body: IDataObject): Envelope {
	const { type, event, subscriber, lead, ...data } = body;
	const person = (subscriber ?? lead) as IDataObject | undefined;
	return {
		event: String(type ?? event ?? 'unknown'),
		lead: person && simplifyLead(person),
		data: withIsoTimes(data),
	};
}

/** What SparkLoop's events are and how they are read (docs/vendors/sparkloop.md#webhooks). */
export const events: EventCatalogue = {
	events: [
		{ name: 'New Offer Lead', value: 'new_offer_lead', description: 'A lead of an offer was confirmed' },
		{
			name: 'New Partner Pending Referral',
			value: 'new_partner_pending_referral',
			description: 'A partner referral is being screened',
		},
		{
			name: 'New Partner Referral',
			value: 'new_partner_referral',
			description: 'A partner referral was confirmed',
		},
		{ name: 'New Referral', value: 'new_referral', description: 'A subscriber has referred somebody' },
		{
			name: 'Reward Redeemed',
			value: 'reward_redeemed',
			description: 'A subscriber gave the address for a reward',
		},
		{ name: 'Reward Unlocked', value: 'reward_unlocked', description: 'A subscriber has earned a reward' },
		{
			name: 'Subscriber Synced',
			value: 'sync_subscriber',
			description: 'A referral was created or changed, for example rejected',
		},
	],
	verify,
	missingSecret: ({ webhookVerification, webhookToken }) =>
		webhookVerification === 'none' || webhookToken ? undefined : 'Webhook Token',
	read,
};
