import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { changeOnce } from '../../errors';
import { subscriber } from '../../entities';
import { part } from '../../apiFields';

/** One that is unsubscribed already is refused with 409 (docs/vendors/sparkloop.md#subscribers). */
export const unsubscribe = operation({
	name: 'Unsubscribe',
	value: 'unsubscribe',
	action: 'Unsubscribe subscriber',
	description: 'Unsubscribe a subscriber from your newsletter',
	fields: [subscriber.id],
	input: z.object({ subscriberId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.subscriberId,
	run: async (input, send) => {
		const path = ['subscribers', input.subscriberId];
		const answer = await changeOnce(send, { method: 'PUT', path: [...path, 'unsubscribe'] }, path);
		return part(answer, 'subscriber');
	},
	simplify: simplifyLead,
	advice: { 409: 'The subscriber is unsubscribed already: there is nothing to do.' },
});
