import type { DeliveryAttempt, Emission } from '../delivery/engine.mts';
import type { SparkLoopState } from './state.mts';
import type { Subscriber } from './subscribers.mts';

export const eventNames = [
	'new_referral',
	'new_partner_pending_referral',
	'new_partner_referral',
	'new_offer_lead',
	'reward_unlocked',
	'reward_redeemed',
	'sync_subscriber',
] as const;

type EventName = (typeof eventNames)[number];

/** Events count in Unix seconds (docs/vendors/sparkloop.md#webhooks). */
const epochSeconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);

/** A subscriber as events show one: other names than in the REST API (docs/vendors/sparkloop.md#webhooks). */
function printSubscriber(subscriber: Subscriber) {
	const { uuid, name, email, ref_code: code, referred, created_at: createdAt } = subscriber;
	return {
		id: uuid,
		first_name: name?.split(' ')[0] ?? null,
		name,
		email,
		referral_code: code,
		referral_link: `https://news.example?rh_ref=${code}`,
		referred,
		tot_referrals: 0,
		next_reward: 2,
		created_at: epochSeconds(createdAt),
	};
}

/**
 * What an event says beside its type; only partly documented for partner, offer and sync events
 * (docs/vendors/sparkloop.md#webhooks).
 */
function contentOf(event: EventName, subscriber: Subscriber, referrer: Subscriber, campaignId: string) {
	const person = printSubscriber(subscriber);
	const partner = { id: 'partner_initech', name: 'Initech', logo: 'https://initech.example/logo.png' };
	const partnerCampaign = { id: 'partner_campaign_1', referral_code: 'code1', type: 'paid' };
	const reward = {
		campaign_id: campaignId,
		referrals: 3,
		coupon_code: 'q1w2',
		subscriber: person,
		reward: { id: 'reward_7', name: 'Mug', referrals: 3, recurring: false },
	};
	const contents: Record<EventName, () => object> = {
		new_referral: () => ({
			campaign_id: campaignId,
			subscriber: person,
			referrer: printSubscriber(referrer),
		}),
		new_partner_pending_referral: () => ({
			campaign: partnerCampaign,
			subscriber: { ...person, status: 'pending' },
			partner,
		}),
		new_partner_referral: () => ({
			campaign: partnerCampaign,
			subscriber: { ...person, status: 'verified' },
			partner,
		}),
		new_offer_lead: () => ({
			offer_id: 'offer_1',
			lead: {
				email: subscriber.email,
				source: 'upscribe',
				partner_id: partner.id,
				referral_status: 'confirmed',
			},
			partner,
		}),
		reward_unlocked: () => reward,
		reward_redeemed: () => ({
			...reward,
			reward_variant_name: 'Blue',
			reward_variant_sku: 'MUG-B',
			shipping_details: { shipping_name: subscriber.name, shipping_city: 'Springfield' },
		}),
		sync_subscriber: () => ({ subscriber: { ...person, referral_status: subscriber.referral_status } }),
	};
	return contents[event]();
}

/** Sends one event about a subscriber to the account's webhooks. */
export async function emitEvent(
	state: SparkLoopState,
	accountId: string,
	event: EventName,
	subscriber: Subscriber,
	variant: Emission['variant'],
): Promise<DeliveryAttempt[]> {
	const { subscribers, campaign } = state.organisation(accountId);
	const referrer =
		subscribers.list().find(({ ref_code: code }) => code === subscriber.referrer_code) ?? subscriber;
	const body = JSON.stringify({ type: event, ...contentOf(event, subscriber, referrer, campaign.uuid) });
	return await state.context.deliveries.emit({
		account: accountId,
		event,
		subject: subscriber.uuid,
		variant,
		compose: () => ({ headers: {}, body }),
	});
}
