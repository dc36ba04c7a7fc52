import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyLead } from '../../lead';
import { changeOnce } from '../../errors';
import { subscriber } from '../../entities';
import { part } from '../../apiFields';

/** For pending ones only; any other is refused with 409 (docs/vendors/sparkloop.md#subscribers). */
export const reject = operation({
	name: 'Reject',
	value: 'reject',
	action: 'Reject subscriber',
	description: 'Reject a pending subscriber who came through a partner or referral program',
	fields: [subscriber.id],
	input: z.object({ subscriberId: id }),
	safety: 'idempotent',
	orderingKey: (input) => input.subscriberId,
	run: async (input, send) => {
		const path = ['subscribers', input.subscriberId];
		const isRejected = ({ referral_status }: IDataObject): boolean => referral_status === 'rejected';
		const answer = await changeOnce(send, { method: 'PUT', path: [...path, 'reject'] }, path, isRejected);
		return part(answer, 'subscriber');
	},
	simplify: simplifyLead,
	advice: { 409: 'Only pending subscribers can be rejected; this one is verified or rejected already.' },
});
