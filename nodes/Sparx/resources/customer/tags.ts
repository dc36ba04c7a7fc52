import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation, type Operation } from '../../../shared/operation/operation';
import { customerId } from '../../entities';
import { inBulk } from '../bulk';
import { textField } from '../fields';
import { CUSTOMERS } from './customer';

/** The most customers in one request, in both builds. */
const MOST = 500;

const tags = z
	.string()
	.transform((value) => value.split(',').map((tag) => tag.trim()))
	.transform((list) => list.filter(Boolean))
	.refine((list) => list.length > 0, { message: 'is missing' })
	.refine((list) => list.every((tag) => tag.length <= 63), {
		message: 'must hold tags of 63 characters at most',
	});

/** Changes the tags of all input items' customers, up to 500 in one request; other tags stay. */
function tagOperation(verb: 'Add' | 'Remove', key: 'addTags' | 'removeTags', done: string): Operation {
	return operation<{ customerId: string; tags: string[] }>({
		name: `${verb} Tags`,
		value: key,
		action: `${verb} tags of customers`,
		description: `${verb} tags and leave all others; the customers of all input items go in few requests. Sparx skips customers that it does not have.`,
		fields: [
			customerId,
			{ ...textField('Tags', 'tags', 'Separated by commas'), required: true, placeholder: 'e.g. vip, event' },
		],
		input: z.object({ customerId: id, tags }),
		safety: 'idempotent',
		batching: inBulk({
			most: MOST,
			request: (input) => ({ path: [...CUSTOMERS, 'bulk-tag'], body: { [key]: input.tags } }),
			result: (input, { updatedCount }, sent) => ({
				customerId: input.customerId,
				[done]: input.tags,
				customersInRequest: sent,
				changedInRequest: updatedCount,
			}),
		}),
	});
}

export const addTags = tagOperation('Add', 'addTags', 'addedTags');
export const removeTags = tagOperation('Remove', 'removeTags', 'removedTags');
