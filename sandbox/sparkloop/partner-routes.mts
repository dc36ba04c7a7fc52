import { z } from 'zod';
import { jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, countryCode, isoDay, money, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { findStored, type SparkLoopState } from './state.mts';

const countries = z.array(countryCode).min(1);

const programSchema = z
	.object({
		total_budget: money,
		cpa: money,
		max_payout: money,
		redirect_url: z.string().url(),
		slug: text,
		thankyou_page_url: z.string().url(),
		resources_url: z.string().url(),
		terms: text,
		show_in_directory: z.boolean(),
		referral_pending_duration_enabled: z.boolean(),
		referral_pending_duration: z.number().int().nonnegative(),
		allow_worldwide_referrals: z.boolean(),
		allowed_countries: countries,
		blocked_countries: countries,
	})
	.partial()
	.strict()
	.refine((given) => Object.keys(given).length > 0, 'must not be empty')
	.refine(
		(given) =>
			given.allow_worldwide_referrals !== false || given.allowed_countries || given.blocked_countries,
		'must name allowed or blocked countries',
	);

/** Partner profile, partner campaigns and partner programs (docs/vendors/sparkloop.md#partner-programs). */
export function partnerRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics } = state.context;
	const partnerOf = (accountId: string) => state.organisation(accountId).partner;
	return [
		{
			method: 'GET',
			path: '/partner_profile',
			handle: ({ account }) => jsonAnswer(200, { partner_profile: partnerOf(account.id).profile }),
		},
		{
			method: 'GET',
			path: '/partner_profile/partner_campaigns',
			handle: ({ account, query }) =>
				listAnswer('partner_campaigns', partnerOf(account.id).campaigns, readListQuery(query).page, settings),
		},
		{
			method: 'GET',
			path: '/partner_profile/partner_campaigns/:identifier',
			handle: ({ account, params }) => {
				const found = findStored(partnerOf(account.id).campaigns, 'Partner campaign', params.identifier);
				return jsonAnswer(200, { partner_campaign: found });
			},
		},
		{
			method: 'GET',
			path: '/partner_programs',
			handle: ({ account, query }) =>
				listAnswer('partner_programs', partnerOf(account.id).programs, readListQuery(query).page, settings),
		},
		{
			method: 'GET',
			path: '/partner_programs/:identifier',
			handle: ({ account, params }) => {
				const found = findStored(partnerOf(account.id).programs, 'Partner program', params.identifier);
				return jsonAnswer(200, { partner_program: found });
			},
		},
		{
			method: 'PUT',
			path: '/partner_programs/:identifier',
			handle: ({ account, params, body }) => {
				const program = findStored(partnerOf(account.id).programs, 'Partner program', params.identifier);
				Object.assign(program, checkBody(programSchema, body));
				statistics.countWrite('update', program.uuid);
				return jsonAnswer(200, { partner_program: program });
			},
		},
		{
			method: 'GET',
			path: '/partner_programs/:identifier/referrals',
			handle: ({ account, params, query }) => {
				const { parameters, page } = readListQuery(query, ['referred_after', 'referred_before']);
				const { referred_after: from, referred_before: to } = parameters;
				const areDays = [from, to].every((day) => day === undefined || isoDay.safeParse(day).success);
				if (!areDays) throw new Refusal(400, 'Date is invalid!');
				const { programs, programReferrals } = partnerOf(account.id);
				const { uuid } = findStored(programs, 'Partner program', params.identifier);
				const found = programReferrals[uuid].filter(({ referred_at: time }) => {
					const day = String(time).slice(0, 10);
					return (from === undefined || day >= from) && (to === undefined || day <= to);
				});
				return listAnswer('referrals', found, page, settings);
			},
		},
	];
}
