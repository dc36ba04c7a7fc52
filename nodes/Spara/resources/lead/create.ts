import { z } from 'zod';
import { filled } from '../../../shared/operation/filled';
import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { leadDataFieldsWith, leadDataInput, leadDataOf } from './leadData';

/**
 * An email is not unique at Spara: creating twice makes two leads, so it is never sent twice
 * (docs/vendors/spara.md#get-create-update).
 */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create lead',
	description:
		'Add a new lead, even if there is one with the same email. Use Create or Update to avoid duplicates.',
	fields: leadDataFieldsWith(['email', 'first_name', 'last_name', 'phone_number']),
	input: z.object(leadDataInput),
	safety: 'nonIdempotent',
	expected: { email: 'Email', phone_number: 'Phone Number' },
	request: (input) => ({
		method: 'POST',
		path: ['leads'],
		body: filled(leadDataOf(input), 'create', 'lead'),
	}),
	simplify: simplifyLead,
});
