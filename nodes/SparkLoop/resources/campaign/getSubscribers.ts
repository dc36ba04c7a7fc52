import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { simplifyLead } from '../../lead';
import { campaign } from '../../entities';
import { listOperation } from '../operations';
import { subscriberFilters } from '../subscriber/filters';

const { filters, query } = subscriberFilters;

/** `GET /campaigns/{id}/subscribers` (docs/vendors/sparkloop.md#campaigns). */
export const getSubscribers = listOperation({
	name: 'Get Subscribers',
	value: 'getSubscribers',
	action: 'Get campaign subscribers',
	description: 'List the subscribers of a referral campaign, the newest first',
	fields: [campaign.id, filters.field],
	input: z.object({ campaignId: id, filters: filters.schema }),
	list: (input) => ({
		path: ['campaigns', input.campaignId, 'subscribers'],
		key: 'subscribers',
		query: query(input.filters),
	}),
	simplify: simplifyLead,
});
