import { z } from 'zod';
import { emptyAnswer, jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, checkChoice, checkNoBody, checkQuery, countryCode, money, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import type { SparkLoopState } from './state.mts';
import type { Subscriber } from './subscribers.mts';

const email = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'is invalid');

const createSchema = z
	.object({
		email,
		name: text,
		referrer_code: text,
		ip_address: text,
		user_agent: text,
		utm_source: text,
		utm_campaign: text,
		created_at: z.string().datetime({ offset: true }),
		country_code: countryCode,
	})
	.partial()
	.required({ email: true })
	.strict();

const updateSchema = z
	.object({ status: z.enum(['unsubscribed', 'confirmed']), name: text, email })
	.partial()
	.strict()
	.refine((changes) => Object.keys(changes).length > 0, 'must not be empty');

/** The vendor's spelling of "description" and the right one (docs/vendors/sparkloop.md#subscribers). */
const eventSchema = z
	.object({ value: money, campaign_uuid: text, descripton: text.optional(), description: text.optional() })
	.strict();

export const listTypes = ['all', 'referrals', 'advocates'];

/** A subscriber, with the programs it is in where `expand=campaigns` asks for them. */
export const printer = (expand: string | undefined) => (subscriber: Subscriber) =>
	expand === undefined ? subscriber : { ...subscriber, referral_programs: [{ tot_referrals: 0 }] };

/** Subscribers and their events (docs/vendors/sparkloop.md#subscribers). */
export function subscriberRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics, clock } = state.context;
	const one = '/subscribers/:identifier';
	return [
		{
			method: 'POST',
			path: '/subscribers',
			handle: ({ account, body }) => {
				const { subscribers } = state.organisation(account.id);
				const { created_at: createdAt, ...given } = checkBody(createSchema, body);
				const signedUpAt = new Date(createdAt ?? clock.now()).toISOString();
				const subscriber = subscribers.add({ ...given, created_at: signedUpAt });
				statistics.countWrite('create', given.email);
				return jsonAnswer(settings.createStatus, { subscriber });
			},
		},
		{
			method: 'GET',
			path: '/subscribers',
			handle: ({ account, query }) => {
				const { parameters, page } = readListQuery(query, ['type', 'expand']);
				checkChoice('type', parameters.type, listTypes);
				checkChoice('expand', parameters.expand, ['campaigns']);
				const found = state.organisation(account.id).subscribers.list(parameters.type);
				return listAnswer('subscribers', found, page, settings, printer(parameters.expand));
			},
		},
		{
			method: 'GET',
			path: one,
			handle: ({ account, params, query }) => {
				checkQuery(query, []);
				return jsonAnswer(200, {
					subscriber: state.organisation(account.id).subscribers.find(params.identifier),
				});
			},
		},
		{
			method: 'PUT',
			path: one,
			handle: ({ account, params, body }) => {
				const { subscribers } = state.organisation(account.id);
				const subscriber = subscribers.find(params.identifier);
				const { status, ...changes } = checkBody(updateSchema, body);
				subscribers.change(subscriber, changes);
				if (status === 'unsubscribed') subscribers.unsubscribe(subscriber);
				if (status === 'confirmed') subscribers.confirm(subscriber);
				statistics.countWrite('update', subscriber.uuid);
				return jsonAnswer(200, { subscriber });
			},
		},
		{
			method: 'PUT',
			path: `${one}/unsubscribe`,
			handle: ({ account, params, body }) => {
				checkNoBody(body);
				const { subscribers } = state.organisation(account.id);
				const subscriber = subscribers.find(params.identifier);
				if (!subscribers.unsubscribe(subscriber)) throw new Refusal(409, 'Subscriber already unsubscribed!');
				statistics.countWrite('unsubscribe', subscriber.uuid);
				return jsonAnswer(200, { subscriber });
			},
		},
		{
			method: 'PUT',
			path: `${one}/reject`,
			handle: ({ account, params, body }) => {
				checkNoBody(body);
				const { subscribers } = state.organisation(account.id);
				const subscriber = subscribers.find(params.identifier);
				if (subscriber.referral_status !== 'pending') throw new Refusal(409, 'Subscriber is not pending!');
				subscribers.change(subscriber, { referral_status: 'rejected' });
				statistics.countWrite('reject', subscriber.uuid);
				return jsonAnswer(200, { subscriber });
			},
		},
		{
			method: 'DELETE',
			path: one,
			handle: ({ account, params }) => {
				if (settings.subscriberDeletion === 'missing') throw new Refusal(405, 'Method not allowed');
				const { subscribers } = state.organisation(account.id);
				const subscriber = subscribers.find(params.identifier);
				subscribers.remove(subscriber);
				statistics.countWrite('delete', subscriber.uuid);
				return emptyAnswer(204);
			},
		},
		{
			method: 'POST',
			path: `${one}/events`,
			handle: ({ account, params, body }) => {
				const { subscribers, campaign, events } = state.organisation(account.id);
				const subscriber = subscribers.find(params.identifier);
				const given = checkBody(eventSchema, body);
				if (given.campaign_uuid !== campaign.uuid) throw new Refusal(400, 'Campaign not found!');
				events.push({ ...given, subscriber_uuid: subscriber.uuid });
				statistics.countWrite('event', `${subscriber.uuid} ${given.value}`);
				const event = {
					value: given.value,
					subscriber_uuid: subscriber.uuid,
					created_at: new Date(clock.now()).toISOString(),
				};
				return jsonAnswer(201, { event });
			},
		},
	];
}
