import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { accounts } from './accounts.mts';
import { emitEvent, eventNames } from './events.mts';
import { seedSchema, seedSubscribers } from './seed.mts';
import { partnerCampaign } from './partner-data.mts';
import type { SparkLoopState } from './state.mts';

const account = z.string().default(accounts[0].id);
const ofAccount = z.object({ account }).strict().default({});
const oneSubscriber = z.object({ account, identifier: z.string() }).strict();

const emitSchema = z
	.object({
		event: z.enum(eventNames),
		account,
		/** Which subscriber, by UUID or email; without one the newest. */
		subscriber: z.string().optional(),
		variant: variantSchema.default('genuine'),
	})
	.strict();

/**
 * The commands only SparkLoop has. Writes are counted as `create` (by email as sent), `update`, `unsubscribe`, `reject`,
 * `delete` (by UUID), `event` (by subscriber and value), `member` (by subscriber), `conversion` (by submission),
 * `subscribe` (by email and code), `publication` (by name), `recommend`, `join` (by UUID) and `webhook` (by URL).
 * `accounts`: keys and tokens. `seedSubscribers`: many at once, returns their UUIDs. `seedPartnerCampaigns`: so many more of them. `subscribers`, `subscriber`,
 * `isUnsubscribed`, `events`, `partner`: what is stored. `hooks`: webhooks as registered through the API. `emit`: sends
 * an event to the account's webhooks and gives the log of the first attempts.
 */
export function commands(state: SparkLoopState) {
	const { random, deliveries } = state.context;
	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		seedSubscribers: action(seedSchema, ({ account: id, ...plan }) =>
			seedSubscribers(state.organisation(id).subscribers, random, plan),
		),
		seedPartnerCampaigns: action(
			z.object({ account, count: z.number().int().positive() }).strict(),
			({ account: id, count }) => {
				const { campaigns } = state.organisation(id).partner;
				for (let number = 0; number < count; number++)
					campaigns.unshift(partnerCampaign(id, campaigns.length + 1));
			},
		),
		subscribers: query(ofAccount, ({ account: id }) =>
			structuredClone(state.organisation(id).subscribers.list()),
		),
		subscriber: query(oneSubscriber, ({ account: id, identifier }) =>
			structuredClone(state.organisation(id).subscribers.find(identifier)),
		),
		isUnsubscribed: query(oneSubscriber, ({ account: id, identifier }) => {
			const { subscribers } = state.organisation(id);
			return subscribers.isUnsubscribed(subscribers.find(identifier));
		}),
		events: query(ofAccount, ({ account: id }) => structuredClone(state.organisation(id).events)),
		partner: query(ofAccount, ({ account: id }) => structuredClone(state.organisation(id).partner)),
		hooks: query(ofAccount, ({ account: id }) => structuredClone(state.organisation(id).webhooks)),
		emit: action(emitSchema, async ({ event, account: id, subscriber: identifier, variant }) => {
			const { subscribers } = state.organisation(id);
			const subscriber = identifier === undefined ? subscribers.list()[0] : subscribers.find(identifier);
			const subject = identifier === undefined ? undefined : subscriber.uuid;
			if (variant === 'repeated') return [await deliveries.repeat(id, event, subject)];
			return await emitEvent(state, id, event, subscriber, variant);
		}),
	};
}
