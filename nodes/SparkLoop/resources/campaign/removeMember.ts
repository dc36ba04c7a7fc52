import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { campaign } from '../../entities';
import { membershipId } from './fields';

/** `DELETE /campaigns/{id}/campaign_memberships/{uuid}` (docs/vendors/sparkloop.md#campaigns). */
export const removeMember = operation({
	name: 'Remove Member',
	value: 'removeMember',
	action: 'Remove campaign member',
	description: 'End the membership of a subscriber in a referral campaign',
	fields: [campaign.id, membershipId],
	input: z.object({ campaignId: id, membershipId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.membershipId,
	request: (input) => ({
		method: 'DELETE',
		path: ['campaigns', input.campaignId, 'campaign_memberships', input.membershipId],
	}),
	output: () => ({ deleted: true }),
});
