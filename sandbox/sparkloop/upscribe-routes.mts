import { z } from 'zod';
import { jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, checkNoBody, countryCode, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { findStored, type SparkLoopState, type Stored } from './state.mts';

const updateSchema = z.object({ auto_pilot: z.boolean() }).strict();
const reasonSchema = z.object({ reason: text }).strict();

const subscribeSchema = z
	.object({
		subscriber_email: text,
		country_code: countryCode,
		recommendations: z.string().regex(/^\w+(,\w+)*$/),
		utm_source: text.optional(),
		utm_campaign: text.optional(),
	})
	.strict();

const generateSchema = z
	.object({ country_code: countryCode, region_code: text, limit: z.number().int().positive() })
	.partial()
	.strict();

/** What each switch does to a recommendation. */
const switches: Record<string, Record<string, unknown>> = {
	pin: { pinned: true },
	unpin: { pinned: false },
	pause: { status: 'paused' },
	unpause: { status: 'active' },
};

/** Upscribes and their recommendations (docs/vendors/sparkloop.md#upscribes). */
export function upscribeRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics } = state.context;
	const one = '/upscribes/:identifier';
	const list = `${one}/recommendations`;

	const upscribeOf = (accountId: string, id: string): Stored =>
		findStored(state.organisation(accountId).partner.upscribes, 'Upscribe', id, '.');
	const recommendationsOf = (accountId: string, id: string): Stored[] =>
		state.organisation(accountId).partner.recommendations[upscribeOf(accountId, id).uuid];

	const changeRoute = (path: string, changesOf: (body: unknown) => Record<string, unknown>): Route => ({
		method: 'PUT',
		path,
		handle: ({ account, params, body }) => {
			const found = recommendationsOf(account.id, params.identifier);
			const recommendation = findStored(found, 'Recommendation', params.recommendation, '.');
			Object.assign(recommendation, changesOf(body));
			statistics.countWrite('update', recommendation.uuid);
			return jsonAnswer(200, { recommendation });
		},
	});

	return [
		{
			method: 'GET',
			path: '/upscribes',
			handle: ({ account, query }) => {
				readListQuery(query);
				return jsonAnswer(200, { upscribes: state.organisation(account.id).partner.upscribes });
			},
		},
		{
			method: 'GET',
			path: one,
			handle: ({ account, params }) =>
				jsonAnswer(200, { upscribe: upscribeOf(account.id, params.identifier) }),
		},
		{
			method: 'PUT',
			path: one,
			handle: ({ account, params, body }) => {
				const upscribe = upscribeOf(account.id, params.identifier);
				Object.assign(upscribe, checkBody(updateSchema, body));
				statistics.countWrite('update', upscribe.uuid);
				return jsonAnswer(200, { upscribe });
			},
		},
		{
			method: 'POST',
			path: `${one}/subscribe`,
			handle: ({ account, params, body }) => {
				upscribeOf(account.id, params.identifier);
				if (settings.upscribeSubscribe === 'disabled')
					throw new Refusal(403, 'Not enabled for this account!');
				const given = checkBody(subscribeSchema, body);
				for (const code of given.recommendations.split(',')) {
					statistics.countWrite('subscribe', `${given.subscriber_email} ${code}`);
				}
				return jsonAnswer(200, { response: 'ok' });
			},
		},
		{
			method: 'GET',
			path: list,
			handle: ({ account, params, query }) => {
				const { page } = readListQuery(query);
				return listAnswer(
					'recommendations',
					recommendationsOf(account.id, params.identifier),
					page,
					settings,
				);
			},
		},
		{
			method: 'POST',
			path: list,
			handle: ({ account, params, body }) => {
				const { limit = 1 } = checkBody(generateSchema, body);
				const active = recommendationsOf(account.id, params.identifier).filter(
					({ status }) => status === 'active',
				);
				return jsonAnswer(200, { recommendations: active.slice(0, limit) });
			},
		},
		changeRoute(`${list}/:recommendation`, (body) => checkBody(reasonSchema, body)),
		...Object.entries(switches).map(([name, changes]) =>
			changeRoute(`${list}/:recommendation/${name}`, (body) => {
				checkNoBody(body);
				return changes;
			}),
		),
	];
}
