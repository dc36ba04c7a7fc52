import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { part } from '../../apiFields';
import { emailOf, newSubscriberBody, newSubscriberFields, newSubscriberInput } from './subscriberData';

/** A taken email is refused with 400, as are an invalid and a missing one (docs/vendors/sparkloop.md#subscribers). */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create subscriber',
	description: 'Add a new subscriber; an email that is there already is refused',
	fields: newSubscriberFields,
	input: newSubscriberInput,
	safety: 'nonIdempotent',
	orderingKey: emailOf,
	request: (input) => ({ method: 'POST', path: ['subscribers'], body: newSubscriberBody(input) }),
	output: (answer) => part(answer, 'subscriber'),
	simplify: simplifyLead,
	advice: {
		400: 'Check the email: it may be invalid, or belong to a subscriber already. To change subscribers that exist, use "Create or Update".',
	},
});
