import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyPartnerCampaign } from '../../simplify';
import { networkPublication } from '../../entities';
import { part } from '../../apiFields';

/**
 * A POST without a body; it answers the partner campaign that comes of it (docs/vendors/sparkloop.md#partner-network).
 */
export const recommend = operation({
	name: 'Recommend',
	value: 'recommend',
	action: 'Recommend network publication',
	description:
		'Recommend a publication of the partner network to your subscribers; returns the new partner campaign',
	fields: [networkPublication.id],
	input: z.object({ publicationId: id }),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.publicationId,
	request: (input) => ({
		method: 'POST',
		path: [...networkPublication.path, input.publicationId, 'recommend'],
	}),
	output: (answer) => part(answer, 'partner_campaign'),
	simplify: simplifyPartnerCampaign,
});
