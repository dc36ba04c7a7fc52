import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordsIn } from '../../answer';
import { simplifyCustomer } from '../../lead';
import { CUSTOMERS } from './customer';

const membersOf = ({ customers }: IDataObject): IDataObject[] =>
	Array.isArray(customers) ? (customers as IDataObject[]) : [];

/** All come in one answer. Merging takes an admin, which API keys are not: it is done in Sparx. */
export const findDuplicates = operation({
	name: 'Find Duplicates',
	value: 'findDuplicates',
	action: 'Find duplicate customers',
	description: 'List groups of customers that look like one person. They are merged in Sparx itself.',
	fields: [],
	input: z.object({}),
	safety: 'safe',
	list: {
		async *pages(_input, send) {
			yield recordsIn(await send({ method: 'GET', path: [...CUSTOMERS, 'duplicates'] }));
		},
		recordId: (group) => [group.reason, ...membersOf(group).map(({ id }) => String(id))].join(' '),
	},
	simplify: (group) => ({
		reason: group.reason,
		confidence: group.confidence,
		customers: membersOf(group).map((customer) => simplifyCustomer(customer) as unknown as IDataObject),
	}),
});
