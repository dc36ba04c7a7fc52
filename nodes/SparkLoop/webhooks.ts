import { UserError, type IDataObject } from 'n8n-workflow';
import { readList } from '../shared/operation/list';
import type { Send } from '../shared/transport/transport';
import type { WebhookApi } from '../shared/webhook/lifecycle';
import { ALL_EVENTS } from '../shared/webhook/properties';
import { isRegisteredManually, registrationChoice } from '../shared/webhook/registrationChoice';
import type { WebhookRegistration } from '../shared/webhook/registration';
import { listReading } from './lists';
import { eventsOf } from './simplify';
import { part } from './apiFields';

/**
 * The events that the API can register, each a flag of its own; the other three need the dashboard
 * (docs/vendors/sparkloop.md#webhook-subscriptions).
 */
export const API_EVENTS = ['new_partner_referral', 'new_referral', 'reward_redeemed', 'reward_unlocked'];

const WHERE_TO_REGISTER = 'in SparkLoop under Account Settings > Integrations > Webhooks';

/** The flags that turn exactly these events on. */
export function flagsOf(events: string[]): IDataObject {
	return Object.fromEntries(API_EVENTS.map((event) => [event, events.includes(event)]));
}

/** Of the events that a trigger listens to, those to register through the API. */
function registrableEvents(wanted: string[]): string[] {
	return API_EVENTS.filter((event) => wanted.includes(ALL_EVENTS) || wanted.includes(event));
}

/**
 * SparkLoop's API for webhooks. No answer holds a secret or token (docs/vendors/sparkloop.md#webhook-subscriptions).
 */
function webhookApi(send: Send): WebhookApi {
	const remove = async (id: string): Promise<void> => {
		await send({ method: 'DELETE', path: ['webhooks', id] });
	};
	return {
		makesSecret: false,
		list: async () => {
			const all = { limit: Infinity, shape: (record: IDataObject) => record };
			const { records } = await readList(
				listReading(() => ({ path: ['webhooks'], key: 'webhooks' })),
				{},
				send,
				all,
			);
			const webhooks = records.map((record) => ({
				id: String(record.uuid),
				url: String(record.url),
				events: eventsOf(record),
			}));
			// One without these events was added by hand for the other ones: it is not the trigger's to change.
			return webhooks.filter(({ events }) => events.length > 0);
		},
		create: async (url, events) => {
			const answer = await send({
				method: 'POST',
				path: ['webhooks'],
				body: { url, ...flagsOf(events) },
				safety: 'nonIdempotent',
			});
			const webhook = part(answer, 'webhook');
			const id = String(webhook.uuid);
			const missing = events.filter((event) => !eventsOf(webhook).includes(event));
			if (missing.length === 0) return { id };
			await remove(id);
			throw new UserError(
				`SparkLoop did not turn on the events ${missing.join(', ')}, so the webhook was removed again`,
				{
					description: `Set Registration to "By Hand" and add the URL ${WHERE_TO_REGISTER}.`,
				},
			);
		},
		update: async (id, events) => {
			await send({ method: 'PUT', path: ['webhooks', id], body: flagsOf(events) });
		},
		remove,
	};
}

const BY_HAND =
	'Add the production URL in SparkLoop under Account Settings > Integrations > Webhooks and choose there the events that you chose here.';

const NOT_REGISTRABLE =
	'SparkLoop\'s API cannot register "New Offer Lead", "New Partner Pending Referral" and "Subscriber Synced". To receive them, add the production URL in SparkLoop under Account Settings > Integrations > Webhooks as a webhook of its own with these events only. The node registers the others by itself.';

const REFUSED = `SparkLoop did not register the URL; it takes only addresses that start with https:// and can be reached from the internet. You can also set Registration to "By Hand" and add the URL ${WHERE_TO_REGISTER}.`;

/**
 * Nothing is registered for a person who does it by hand, nor where every event chosen needs the dashboard.
 */
export const registration: WebhookRegistration = {
	fields: [
		...registrationChoice("The node registers its URL through SparkLoop's API", {
			name: 'By Hand',
			description: 'You add the URL in SparkLoop yourself',
			notice: BY_HAND,
			noticeName: 'manualNotice',
		}),
		{
			displayName: NOT_REGISTRABLE,
			name: 'notRegistrableNotice',
			type: 'notice',
			default: '',
			displayOptions: {
				show: {
					registration: ['automatic'],
					events: ['*', 'new_offer_lead', 'new_partner_pending_referral', 'sync_subscriber'],
				},
			},
		},
	],
	advice: { 400: REFUSED, 403: REFUSED, 404: REFUSED, 422: REFUSED },
	events: registrableEvents,
	api: ({ context, send }, events) =>
		isRegisteredManually(context) || events.length === 0 ? undefined : webhookApi(send),
};
