import type { Stored } from './state.mts';

/** What an account has beside its subscribers, each list with the newest first. */
export interface PartnerData {
	profile: Stored;
	campaigns: Stored[];
	publications: Stored[];
	programs: Stored[];
	/** By program. */
	programReferrals: Record<string, Array<Record<string, unknown>>>;
	upscribes: Stored[];
	/** By upscribe. */
	recommendations: Record<string, Stored[]>;
	offers: Stored[];
	/** By offer, the ids of those that have not converted yet and of those that have. */
	submissions: Record<string, Record<string, 'open' | 'converted'>>;
}

const time = (day: number) => new Date(Date.UTC(2026, 0, day)).toISOString();

const geo = { allow_worldwide_referrals: true, allowed_countries: [], blocked_countries: [] };

const publication = (account: string, number: number): Stored => ({
	uuid: `pub_${account}_${number}`,
	name: `${account} weekly ${number}`,
	publication_url: `https://${account}.example/${number}`,
	description: null,
	auto_pilot: false,
	partner_categories: ['Technology'],
	list_id: null,
	status: 'active',
	logo_url: `https://${account}.example/logo.png`,
	created_at: time(number),
});

/** Money in dollars (docs/vendors/sparkloop.md#partner-programs). */
export const program = (account: string, number: number): Stored => ({
	uuid: `partner_program_${account}_${number}`,
	publication: {
		uuid: `pub_${account}_${number}`,
		name: `${account} weekly ${number}`,
		logo: null,
		url: `https://${account}.example`,
	},
	status: 'active',
	terms: null,
	redirect_url: `https://${account}.example/welcome`,
	cpa: 2.5,
	max_payout: 500,
	referral_pending_duration: 14,
	geo_restrictions: { ...geo, allowed_regions: [] },
	requires_approval: true,
	created_at: time(number),
});

export const partnerCampaign = (account: string, number: number): Stored => ({
	uuid: `partner_campaign_${account}_${number}`,
	partner_program_uuid: `partner_program_initech_${number}`,
	publication_uuid: `pub_${account}_1`,
	status: 'active',
	referral_link: `https://initech.example?rh_partner=${account}${number}`,
	cpa: 2.5,
	max_payout: 500.5,
	name: `Initech weekly ${number}`,
	referral_pending_period: 14,
	remaining_budget: null,
	remaining_budget_dollars: 250.25,
	partner_program_geo_restrictions: geo,
});

/** Cost per action, payout and earnings in cents (docs/vendors/sparkloop.md#upscribes). */
const recommendation = (account: string, number: number): Stored => ({
	uuid: `partner_campaign_${account}_${number}`,
	type: 'paid',
	status: 'active',
	ref_code: `code${number}`,
	publication_name: `Initech weekly ${number}`,
	publication_logo: null,
	description: null,
	partner_program_uuid: `partner_program_initech_${number}`,
	pinned: false,
	position: number,
	cpa: 250,
	max_payout: 50_000,
	available_budget_dollars: 250.25,
	referrals: { pending: 1, rejected: 0, confirmed: 4 },
	earnings: 1050,
	net_earnings: 1000,
});

/** Money in dollars (docs/vendors/sparkloop.md#offers). */
const offer = (account: string, number: number, conversionType: string): Stored => ({
	uuid: `offer_${account}_${number}`,
	name: `Offer ${number} of ${account}`,
	headline: 'Try it free',
	description: null,
	redirect_url: `https://${account}.example/offer`,
	conversion_type: conversionType,
	visibility: 'public',
	status: 'active',
	created_at: time(number),
	geo_restrictions: geo,
	monthly_budget: 1000,
	cpa: 12.5,
});

const referral = (account: string, number: number) => ({
	email: `referred-${number}@${account}.example`,
	referral_status: ['confirmed', 'pending', 'rejected'][number % 3],
	rejection_reason: null,
	payable: number % 3 === 0,
	country_code: 'US',
	cpa: 2.5,
	referred_at: time(number),
	confirmed_at: null,
	rejected_at: null,
	recommending_publication: { uuid: 'pub_initech_1', name: 'Initech weekly', logo: null },
});

/** What every account starts with. */
export const initialPartnerData = (account: string): PartnerData => ({
	profile: { uuid: `partner_${account}`, name: account, payout_email: null },
	campaigns: [3, 2, 1].map((number) => partnerCampaign(account, number)),
	publications: [2, 1].map((number) => publication(account, number)),
	programs: [2, 1].map((number) => program(account, number)),
	programReferrals: {
		[`partner_program_${account}_1`]: [5, 4, 3, 2, 1].map((number) => referral(account, number)),
		[`partner_program_${account}_2`]: [],
	},
	upscribes: [
		{
			uuid: `upscribe_${account}_1`,
			active: true,
			auto_pilot: false,
			after_submission_behaviour: 'redirect',
			redirect_url: `https://${account}.example/thanks`,
			visibility_rules: [],
			after_submission_rules: [],
		},
	],
	recommendations: { [`upscribe_${account}_1`]: [3, 2, 1].map((number) => recommendation(account, number)) },
	offers: [offer(account, 2, 'action'), offer(account, 1, 'lead')],
	submissions: {
		[`offer_${account}_2`]: { [`submission_${account}_1`]: 'open', [`submission_${account}_2`]: 'open' },
		[`offer_${account}_1`]: { [`submission_${account}_3`]: 'open' },
	},
});

/** The partner network's directory, the same for everybody (docs/vendors/sparkloop.md#partner-network). */
export const directory = {
	publications: [3, 2, 1].map((number) => publication('initech', number)),
	programs: [3, 2, 1].map((number) => ({
		...program('initech', number),
		cpa: number,
		max_payout: number * 100,
	})),
};
