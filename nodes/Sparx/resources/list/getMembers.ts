import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { offsetPages } from '../../../shared/paging/offset';
import type { Send } from '../../../shared/transport/transport';
import { recordsIn, totalIn } from '../../answer';
import { listId } from '../../entities';
import { simplifyCustomer } from '../../lead';
import { LISTS } from './members';

const PAGE = 1000;

const memberId = ({ customerId }: IDataObject): string => String(customerId);

/** The members of a list, those that entered last first; unlike other lists by `limit` and `offset`. */
export function memberPages(list: string, send: Send, limit: number): AsyncIterable<IDataObject[]> {
	const path = [...LISTS, list, 'members'];
	const fetch = async (
		take: number,
		skip: number,
	): ReturnType<Parameters<typeof offsetPages>[0]['fetch']> => {
		const answer = await send({ method: 'GET', path, query: { limit: take, offset: skip }, safety: 'safe' });
		return { records: recordsIn(answer), total: totalIn(answer) };
	};
	return offsetPages({ fetch, recordId: memberId, pageSize: PAGE }, limit);
}

export const getMembers = operation({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get members of list',
	description: 'List the customers on a list',
	fields: [listId],
	input: z.object({ listId: id }),
	safety: 'safe',
	list: {
		pages: (input, send, limit) => memberPages(input.listId, send, limit),
		recordId: memberId,
	},
	simplify: ({ segmentId, customerId, enteredAt, customer }) => ({
		listId: segmentId,
		customerId,
		enteredAt,
		...(customer ? { lead: simplifyCustomer(customer as IDataObject) as unknown as IDataObject } : {}),
	}),
});
