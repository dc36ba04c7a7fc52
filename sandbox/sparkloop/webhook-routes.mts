import { z } from 'zod';
import { endpointSchema } from '../delivery/endpoints.mts';
import { emptyAnswer, jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody } from './checks.mts';
import { readListQuery } from './paging.mts';
import { findStored, type Organisation, type SparkLoopState, type Webhook } from './state.mts';
import { freshId } from './subscribers.mts';

/**
 * The events that the REST API knows; the others need the dashboard, that is the admin API
 * (docs/vendors/sparkloop.md#webhook-subscriptions).
 */
export const apiEvents = ['new_referral', 'reward_unlocked', 'new_partner_referral', 'reward_redeemed'];

const flags = Object.fromEntries(apiEvents.map((event) => [event, z.boolean().optional()]));
const changesSchema = z.object({ url: z.string().url().optional(), ...flags }).strict();
const createSchema = changesSchema.required({ url: true });

/** Webhook subscriptions; no answer holds a token (docs/vendors/sparkloop.md#webhook-subscriptions). */
export function webhookRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics, random, deliveries } = state.context;

	/** Off is false where it was said so, and null where nothing was said. */
	const print = ({ uuid, url, events }: Webhook) => ({
		uuid,
		url,
		events: Object.fromEntries(apiEvents.map((event) => [event, events[event] ?? null])),
	});

	/** Events go to a loopback URL only; another one is stored and listed, but nothing is sent to it. */
	const connect = (webhook: Webhook, { id, webhookToken }: Organisation) => {
		if (webhook.endpointId !== undefined) deliveries.endpoints.remove(webhook.endpointId);
		const endpoint = endpointSchema.safeParse({
			account: id,
			url: webhook.url,
			authentication: { kind: 'header', name: 'SparkLoop-Token', value: webhookToken },
			events: apiEvents.filter((event) => webhook.events[event]),
		});
		webhook.endpointId = endpoint.success ? deliveries.endpoints.register(endpoint.data).id : undefined;
	};

	const change = (
		webhook: Webhook,
		organisation: Organisation,
		body: unknown,
		schema: typeof changesSchema,
	) => {
		const { url = webhook.url, ...given } = checkBody(schema, body) as { url?: string } & Record<
			string,
			boolean
		>;
		if (settings.httpsOnly && !url.startsWith('https://'))
			throw new Refusal(400, 'Url must start with https://');
		webhook.url = url;
		for (const [event, flag] of Object.entries(given)) {
			if (!settings.eventsLeftOff.includes(event)) webhook.events[event] = flag;
		}
		connect(webhook, organisation);
		return print(webhook);
	};

	return [
		{
			method: 'POST',
			path: '/webhooks',
			handle: ({ account, body }) => {
				const organisation = state.organisation(account.id);
				const webhook: Webhook = { uuid: freshId(random, 'webhook_'), url: '', events: {} };
				const printed = change(webhook, organisation, body, createSchema as unknown as typeof changesSchema);
				organisation.webhooks.unshift(webhook);
				statistics.countWrite('webhook', webhook.url);
				return jsonAnswer(201, { webhook: printed });
			},
		},
		{
			method: 'GET',
			path: '/webhooks',
			handle: ({ account, query }) => {
				const { page } = readListQuery(query);
				const start = (page.number - 1) * page.size;
				const shown = state.organisation(account.id).webhooks.slice(start, start + page.size);
				return jsonAnswer(200, { webhooks: shown.map(print) });
			},
		},
		{
			method: 'GET',
			path: '/webhooks/:identifier',
			handle: ({ account, params }) => {
				const found = findStored(state.organisation(account.id).webhooks, 'Webhook', params.identifier);
				return jsonAnswer(200, { webhook: print(found) });
			},
		},
		{
			method: 'PUT',
			path: '/webhooks/:identifier',
			handle: ({ account, params, body }) => {
				const organisation = state.organisation(account.id);
				const webhook = findStored(organisation.webhooks, 'Webhook', params.identifier);
				return jsonAnswer(200, { webhook: change(webhook, organisation, body, changesSchema) });
			},
		},
		{
			method: 'DELETE',
			path: '/webhooks/:identifier',
			handle: ({ account, params }) => {
				const { webhooks } = state.organisation(account.id);
				const webhook = findStored(webhooks, 'Webhook', params.identifier);
				webhooks.splice(webhooks.indexOf(webhook), 1);
				if (webhook.endpointId !== undefined) deliveries.endpoints.remove(webhook.endpointId);
				return emptyAnswer(200);
			},
		},
	];
}
