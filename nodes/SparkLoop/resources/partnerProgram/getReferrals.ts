import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { calendarDay, optionalFields, textField } from '../../fields';
import { simplifyLead } from '../../lead';
import { partnerProgram } from '../../entities';
import { toApiFields } from '../../apiFields';
import { listOperation } from '../operations';

const day = { placeholder: 'e.g. 2026-01-31' };

const filters = optionalFields(
	'filters',
	[
		textField('Referred After', 'referredAfter', { ...day, description: 'The first day, as YYYY-MM-DD' }),
		textField('Referred Before', 'referredBefore', { ...day, description: 'The last day, as YYYY-MM-DD' }),
	],
	{ referredAfter: calendarDay, referredBefore: calendarDay },
);

/** A referral has no ID; nobody is referred twice at one moment (docs/vendors/sparkloop.md#partner-programs). */
function referralKey({ email, referred_at }: IDataObject): string {
	return `${String(referred_at)} ${String(email)}`;
}

/** Both days count (docs/vendors/sparkloop.md#partner-programs). */
export const getReferrals = listOperation({
	name: 'Get Referrals',
	value: 'getReferrals',
	action: 'Get partner program referrals',
	description: 'List who came through a partner program, the newest first',
	fields: [partnerProgram.id, filters.field],
	input: z.object({ partnerProgramId: id, filters: filters.schema }),
	list: (input) => ({
		path: ['partner_programs', input.partnerProgramId, 'referrals'],
		key: 'referrals',
		query: toApiFields(input.filters),
	}),
	recordId: referralKey,
	simplify: simplifyLead,
});
