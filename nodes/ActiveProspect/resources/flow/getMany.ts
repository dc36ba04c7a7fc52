import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { listOf, recordId } from '../../lists';
import { simplifyFlow } from './simplify';

/** One answer holds them all (docs/vendors/activeprospect.md#flows). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'List the flows of the account',
	fields: [
		filterCollection([
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Only flows whose name holds this',
			},
		]),
	],
	input: z.object({ filters: z.object({ name: z.string().optional() }).default({}) }),
	safety: 'safe',
	list: {
		async *pages({ filters }, send) {
			const flows = listOf(await send({ method: 'GET', path: ['flows'] }));
			const wanted = (filters.name ?? '').toLowerCase();
			yield flows.filter(({ name }) => String(name).toLowerCase().includes(wanted));
		},
		recordId,
	},
	simplify: simplifyFlow,
});
