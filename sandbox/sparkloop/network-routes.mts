import { z } from 'zod';
import { jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, checkChoice, checkNoBody, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { directory } from './partner-data.mts';
import { findStored, type SparkLoopState } from './state.mts';
import { freshId } from './subscribers.mts';

const joinSchema = z.object({ reason_for_recommending: text }).strict();
const ways = ['upscribe', 'partner_link', 'magic_link'];

/** The partner network's directory (docs/vendors/sparkloop.md#partner-network). */
export function networkRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics, random } = state.context;

	const newCampaign = (accountId: string, subject: Record<string, unknown>) => {
		const campaign = { uuid: freshId(random, 'partner_campaign_'), status: 'draft', cpa: 2.5, ...subject };
		state.organisation(accountId).partner.campaigns.unshift(campaign);
		return jsonAnswer(201, { partner_campaign: campaign });
	};

	return [
		{
			method: 'GET',
			path: '/partner_network/publications',
			handle: ({ query }) => {
				const { parameters, page } = readListQuery(query, ['query', 'sort', 'order']);
				const { query: wanted = '', sort, order } = parameters;
				checkChoice('sort', sort, ['name', 'created_at']);
				checkChoice('order', order, ['asc', 'desc']);
				const found = directory.publications.filter(({ name }) => String(name).includes(wanted));
				const sorted = sort
					? found.sort((one, other) => String(one[sort]).localeCompare(String(other[sort])))
					: found;
				return listAnswer('publications', order === 'desc' ? sorted.reverse() : sorted, page, settings);
			},
		},
		{
			method: 'GET',
			path: '/partner_network/publications/:identifier',
			handle: ({ params }) =>
				jsonAnswer(200, {
					publication: findStored(directory.publications, 'Publication', params.identifier),
				}),
		},
		{
			method: 'POST',
			path: '/partner_network/publications/:identifier/recommend',
			handle: ({ account, params, body }) => {
				checkNoBody(body);
				const { uuid, name } = findStored(directory.publications, 'Publication', params.identifier);
				statistics.countWrite('recommend', uuid);
				return newCampaign(account.id, { name, publication_uuid: uuid });
			},
		},
		{
			method: 'GET',
			path: '/partner_network/partner_programs',
			handle: ({ query }) => {
				const own = ['cpa', 'max_payout', 'accepted_countries', 'can_be_recommended_via', 'sort'];
				const { parameters, page } = readListQuery(query, own);
				const { cpa = '0', max_payout: payout = '0', can_be_recommended_via: via = '', sort } = parameters;
				checkChoice('sort', sort, ['max_payout', 'cpa']);
				const areKnown = via
					.split(',')
					.filter(Boolean)
					.every((way) => ways.includes(way));
				const areNumbers = ![cpa, payout].some((value) => Number.isNaN(Number(value)));
				if (!areKnown || !areNumbers) throw new Refusal(400, 'Parameter is not valid!');
				const found = directory.programs.filter(
					(program) => program.cpa >= Number(cpa) && program.max_payout >= Number(payout),
				);
				return listAnswer('partner_programs', found, page, settings);
			},
		},
		{
			method: 'GET',
			path: '/partner_network/partner_programs/:identifier',
			handle: ({ params }) =>
				jsonAnswer(200, {
					partner_program: findStored(directory.programs, 'Partner program', params.identifier),
				}),
		},
		{
			method: 'POST',
			path: '/partner_network/partner_programs/:identifier/join',
			handle: ({ account, params, body }) => {
				checkBody(joinSchema, body);
				const { uuid } = findStored(directory.programs, 'Partner program', params.identifier);
				statistics.countWrite('join', uuid);
				return newCampaign(account.id, { name: 'Joined', partner_program_uuid: uuid });
			},
		},
	];
}
