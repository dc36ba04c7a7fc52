import { z } from 'zod';
import { emptyAnswer, jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, checkChoice, checkQuery, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { findStored, type SparkLoopState } from './state.mts';
import { listTypes, printer } from './subscriber-routes.mts';
import { freshId } from './subscribers.mts';

const updateSchema = z.object({ name: text }).strict();
const memberSchema = z.object({ subscriber_uuid: text }).strict();

/** Campaigns, their members and referrals (docs/vendors/sparkloop.md#campaigns). */
export function campaignRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics, random, clock } = state.context;
	const one = '/campaigns/:identifier';

	const campaignOf = (accountId: string, id: string) => {
		const organisation = state.organisation(accountId);
		return { ...organisation, campaign: findStored([organisation.campaign], 'Campaign', id) };
	};

	return [
		{
			method: 'GET',
			path: '/campaigns',
			handle: ({ account, query }) => {
				readListQuery(query);
				return jsonAnswer(200, { campaigns: [state.organisation(account.id).campaign] });
			},
		},
		{
			method: 'GET',
			path: one,
			handle: ({ account, params }) =>
				jsonAnswer(200, { campaign: campaignOf(account.id, params.identifier).campaign }),
		},
		{
			method: 'PUT',
			path: one,
			handle: ({ account, params, body }) => {
				const { campaign } = campaignOf(account.id, params.identifier);
				Object.assign(campaign, checkBody(updateSchema, body));
				statistics.countWrite('update', campaign.uuid);
				return jsonAnswer(200, { campaign });
			},
		},
		{
			method: 'POST',
			path: `${one}/campaign_memberships`,
			handle: ({ account, params, body }) => {
				const { campaign, subscribers, memberships } = campaignOf(account.id, params.identifier);
				const subscriber = subscribers.lookUp(checkBody(memberSchema, body).subscriber_uuid);
				if (!subscriber) throw new Refusal(400, 'Subscriber not found!');
				const isMember = memberships.some(({ subscriber_uuid: member }) => member === subscriber.uuid);
				if (isMember) throw new Refusal(400, 'Subscriber is already a member!');
				const membership = {
					uuid: freshId(random, 'membership_'),
					campaign_uuid: campaign.uuid,
					subscriber_uuid: subscriber.uuid,
					created_at: new Date(clock.now()).toISOString(),
				};
				memberships.unshift(membership);
				statistics.countWrite('member', subscriber.uuid);
				return jsonAnswer(201, { campaign_membership: membership });
			},
		},
		{
			method: 'DELETE',
			path: `${one}/campaign_memberships/:membership`,
			handle: ({ account, params }) => {
				const { memberships } = campaignOf(account.id, params.identifier);
				const membership = findStored(memberships, 'Campaign membership', params.membership);
				memberships.splice(memberships.indexOf(membership), 1);
				return emptyAnswer(204);
			},
		},
		{
			method: 'GET',
			path: `${one}/subscribers`,
			handle: ({ account, params, query }) => {
				const { parameters, page } = readListQuery(query, ['type', 'expand']);
				checkChoice('type', parameters.type, listTypes);
				const found = campaignOf(account.id, params.identifier).subscribers.list(parameters.type);
				return listAnswer('subscribers', found, page, settings, printer(parameters.expand));
			},
		},
		{
			method: 'GET',
			path: `${one}/subscribers/:subscriber`,
			handle: ({ account, params, query }) => {
				const { expand } = checkQuery(query, ['expand']);
				const { subscribers } = campaignOf(account.id, params.identifier);
				return jsonAnswer(200, { subscriber: printer(expand)(subscribers.find(params.subscriber)) });
			},
		},
		{
			method: 'GET',
			path: `${one}/subscribers/:subscriber/referrals`,
			handle: ({ account, params, query }) => {
				const { parameters, page } = readListQuery(query, ['expand']);
				const { subscribers } = campaignOf(account.id, params.identifier);
				const found = subscribers.referredBy(subscribers.find(params.subscriber));
				return listAnswer('referrals', found, page, settings, printer(parameters.expand));
			},
		},
	];
}
