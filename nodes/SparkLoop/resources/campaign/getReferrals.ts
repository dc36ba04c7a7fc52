import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { booleanField, optionalFields } from '../../fields';
import { simplifyLead } from '../../lead';
import { campaign, subscriber } from '../../entities';
import { listOperation } from '../operations';
import { subscriberFilters } from '../subscriber/filters';

const filters = optionalFields('filters', [
	booleanField('Include Campaigns', 'includeCampaigns', "Whether to add each subscriber's referral programs"),
]);

/** Under which key the list stands is not documented (docs/vendors/sparkloop.md#campaigns). */
export const getReferrals = listOperation({
	name: 'Get Referrals',
	value: 'getReferrals',
	action: 'Get campaign referrals',
	description: 'List whom a subscriber has referred in a campaign, the newest first',
	fields: [campaign.id, subscriber.id, filters.field],
	input: z.object({ campaignId: id, subscriberId: id, filters: filters.schema }),
	list: (input) => ({
		path: ['campaigns', input.campaignId, 'subscribers', input.subscriberId, 'referrals'],
		query: subscriberFilters.query(input.filters),
	}),
	simplify: simplifyLead,
});
