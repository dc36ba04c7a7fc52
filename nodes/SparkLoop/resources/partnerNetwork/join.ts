import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { textField } from '../../fields';
import { simplifyPartnerCampaign } from '../../simplify';
import { networkProgram } from '../../entities';
import { part } from '../../apiFields';

/** A reason is required (docs/vendors/sparkloop.md#partner-network). */
export const join = operation({
	name: 'Join',
	value: 'join',
	action: 'Join network program',
	description: 'Apply to a partner program of the partner network; returns the new partner campaign',
	fields: [
		networkProgram.id,
		textField('Reason for Recommending', 'reason', {
			required: true,
			description: 'Why you want to recommend it; the owner of the program reads this',
		}),
	],
	input: z.object({ partnerProgramId: id, reason: z.string().trim().min(1, 'is missing') }),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.partnerProgramId,
	request: (input) => ({
		method: 'POST',
		path: [...networkProgram.path, input.partnerProgramId, 'join'],
		body: { reason_for_recommending: input.reason },
	}),
	output: (answer) => part(answer, 'partner_campaign'),
	simplify: simplifyPartnerCampaign,
});
