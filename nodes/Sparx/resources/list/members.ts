import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { customerId, listId } from '../../entities';
import { inBulk } from '../bulk';

export const LISTS = ['crm', 'segments'];

/** The most customers in one request. */
const MOST = 1000;

const ADVICE = {
	422: 'Only lists that are filled by hand take members; this one follows its rules.',
};

const fields = [listId, customerId];
const input = z.object({ listId: id, customerId: id });

/** Build B only. What Sparx does not have, or has at another site, it skips; the output tells how many. */
export const addMember = operation<z.infer<typeof input>>({
	name: 'Add Member',
	value: 'addMember',
	action: 'Add members to list',
	description:
		'Put customers on a list that is filled by hand; those of all input items go in few requests. Not every version of Sparx can.',
	fields,
	input,
	safety: 'idempotent',
	batching: inBulk({
		most: MOST,
		request: (values) => ({ path: [...LISTS, values.listId, 'members'], body: {} }),
		result: (values, { added, alreadyOn }, sent) => ({
			listId: values.listId,
			customerId: values.customerId,
			customersInRequest: sent,
			addedInRequest: added,
			skippedInRequest: sent - Number(added) - Number(alreadyOn),
		}),
	}),
	advice: ADVICE,
});

/** Build B only. */
export const removeMember = operation<z.infer<typeof input>>({
	name: 'Remove Member',
	value: 'removeMember',
	action: 'Remove members from list',
	description:
		'Take customers off a list that is filled by hand; those of all input items go in few requests. Not every version of Sparx can.',
	fields,
	input,
	safety: 'idempotent',
	batching: inBulk({
		most: MOST,
		request: (values) => ({ path: [...LISTS, values.listId, 'members', 'remove'], body: {} }),
		result: (values, { removed }, sent) => ({
			listId: values.listId,
			customerId: values.customerId,
			customersInRequest: sent,
			removedInRequest: removed,
		}),
	}),
	advice: ADVICE,
});
