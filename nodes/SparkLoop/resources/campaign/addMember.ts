import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { campaign, subscriber } from '../../entities';
import { part } from '../../apiFields';

/** A subscriber who is a member already, or unknown, is refused with 400 (docs/vendors/sparkloop.md#campaigns). */
export const addMember = operation({
	name: 'Add Member',
	value: 'addMember',
	action: 'Add campaign member',
	description: 'Make a subscriber a member of a referral campaign',
	fields: [campaign.id, subscriber.id],
	input: z.object({ campaignId: id, subscriberId: id }),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.subscriberId,
	request: (input) => ({
		method: 'POST',
		path: ['campaigns', input.campaignId, 'campaign_memberships'],
		body: { subscriber_uuid: input.subscriberId },
	}),
	output: (answer) => part(answer, 'campaign_membership'),
	advice: {
		400: 'Check the subscriber: there may be none with this ID or email, or it is a member of the campaign already.',
	},
});
