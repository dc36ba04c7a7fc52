import type { IDataObject } from 'n8n-workflow';

/** The events that are on; a flag may also be null, which is off (docs/vendors/sparkloop.md#webhook-subscriptions). */
export function eventsOf({ events }: IDataObject): string[] {
	return Object.entries((events ?? {}) as IDataObject)
		.filter(([, flag]) => flag === true)
		.map(([event]) => event);
}

type Source = string | ((record: IDataObject) => unknown);

/** Money that SparkLoop counts in cents, in dollars; Simplify knows no other unit. */
function cents(key: string): Source {
	return (record) => (typeof record[key] === 'number' ? (record[key] as number) / 100 : undefined);
}

/** Makes the short form of a record: our names, and where each value comes from. Nothing is output that is not known. */
function shortForm(sources: Record<string, Source>): (record: IDataObject) => IDataObject {
	return (record) => {
		const values = Object.entries(sources).map(([name, source]) => [
			name,
			typeof source === 'string' ? record[source] : source(record),
		]);
		return Object.fromEntries(
			values.filter(([, value]) => value !== undefined && value !== null),
		) as IDataObject;
	};
}

function inPublication(key: string): Source {
	return ({ publication }) => (publication as IDataObject | undefined)?.[key];
}

/** Money in dollars (docs/vendors/sparkloop.md#partner-profile). */
export const simplifyPartnerCampaign = shortForm({
	id: 'uuid',
	name: 'name',
	status: 'status',
	partnerProgramId: 'partner_program_uuid',
	publicationId: 'publication_uuid',
	referralLink: 'referral_link',
	cpaDollars: 'cpa',
	maxPayoutDollars: 'max_payout',
	remainingBudgetDollars: (record) => record.remaining_budget_dollars ?? record.remaining_budget,
	referralPendingDays: 'referral_pending_period',
});

/** What is written as `categories` is read as `partner_categories` (docs/vendors/sparkloop.md#publications). */
export const simplifyPublication = shortForm({
	id: 'uuid',
	name: 'name',
	status: 'status',
	url: (record) => record.publication_url ?? record.url,
	description: 'description',
	categories: (record) => record.partner_categories ?? record.categories,
	autoPilot: 'auto_pilot',
	listId: 'list_id',
	logoUrl: (record) => record.logo_url ?? record.logo,
	createdAt: 'created_at',
});

/** Money in dollars (docs/vendors/sparkloop.md#partner-programs). */
export const simplifyPartnerProgram = shortForm({
	id: 'uuid',
	name: inPublication('name'),
	status: 'status',
	publicationId: inPublication('uuid'),
	cpaDollars: 'cpa',
	maxPayoutDollars: 'max_payout',
	referralPendingDays: 'referral_pending_duration',
	requiresApproval: 'requires_approval',
	redirectUrl: 'redirect_url',
	createdAt: 'created_at',
});

/** The short form of an upscribe. */
export const simplifyUpscribe = shortForm({
	id: 'uuid',
	active: 'active',
	autoPilot: 'auto_pilot',
	afterSubmissionBehaviour: 'after_submission_behaviour',
	redirectUrl: 'redirect_url',
});

/** Cost per action, payout and earnings come in cents, the budget in dollars (docs/vendors/sparkloop.md#upscribes). */
export const simplifyRecommendation = shortForm({
	id: 'uuid',
	name: 'publication_name',
	type: 'type',
	status: 'status',
	refCode: 'ref_code',
	pinned: 'pinned',
	cpaDollars: cents('cpa'),
	maxPayoutDollars: cents('max_payout'),
	availableBudgetDollars: 'available_budget_dollars',
	earningsDollars: cents('earnings'),
});

/** A flag of an event may be null, which means off (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const simplifyWebhook = shortForm({ id: 'uuid', url: 'url', events: eventsOf });

/** Money in dollars (docs/vendors/sparkloop.md#offers). */
export const simplifyOffer = shortForm({
	id: 'uuid',
	name: 'name',
	headline: 'headline',
	status: 'status',
	visibility: 'visibility',
	conversionType: 'conversion_type',
	cpaDollars: 'cpa',
	monthlyBudgetDollars: 'monthly_budget',
	redirectUrl: 'redirect_url',
	createdAt: 'created_at',
});
