import { booleanField, choiceField, optionalFields } from '../../fields';
import { toApiFields } from '../../apiFields';

const filters = optionalFields('filters', [
	booleanField('Include Campaigns', 'includeCampaigns', "Whether to add each subscriber's referral programs"),
	choiceField('Type', 'type', [
		{ name: 'All', value: 'all' },
		{ name: 'Advocates', value: 'advocates', description: 'Who has referred others' },
		{ name: 'Referrals', value: 'referrals', description: 'Who was referred by others' },
	]),
]);

/** How a list of subscribers is narrowed (docs/vendors/sparkloop.md#subscribers). */
export const subscriberFilters = {
	filters,
	query: ({ includeCampaigns, type }: Record<string, unknown>) =>
		toApiFields({ type, expand: includeCampaigns === true ? 'campaigns' : undefined }),
};
