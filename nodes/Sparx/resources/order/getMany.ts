import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { recordId, sortedPagesOf } from '../../lists';
import { choiceField, fieldCollection, textField } from '../fields';
import { ORDERS, simplifyOrder } from './order';

/** How many orders are completed with their items at the same time. */
const AT_ONCE = 5;

/** The same orders with their line items, which lists leave out (docs/vendors/sparx.md, Orders). */
async function withItems(orders: IDataObject[], send: Send): Promise<IDataObject[]> {
	const complete: IDataObject[] = [];
	for (let index = 0; index < orders.length; index += AT_ONCE) {
		const group = orders
			.slice(index, index + AT_ONCE)
			.map(async (order) =>
				recordIn(await send({ method: 'GET', path: [...ORDERS, recordId(order)], safety: 'safe' })),
			);
		complete.push(...(await Promise.all(group)));
	}
	return complete;
}

/** Source: docs/vendors/sparx.md, Orders. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many orders',
	description: 'List orders, the newest first',
	fields: [
		fieldCollection('Filters', 'filters', 'Add filter', [
			textField('Customer ID', 'customerId'),
			choiceField(
				'Status',
				'status',
				[
					['Cancelled', 'cancelled'],
					['Delivered', 'delivered'],
					['Fulfilled', 'fulfilled'],
					['Placed', 'placed'],
					['Refunded', 'refunded'],
				],
				'placed',
			),
		]),
	],
	options: [
		{
			displayName: 'Fetch Line Items',
			name: 'fetchItems',
			type: 'boolean',
			default: false,
			description:
				'Whether to read each order by itself, with its line items; this takes one more request per order',
		},
		choiceField(
			'Sort By',
			'sortBy',
			[
				['Created At', 'createdAt'],
				['Placed At', 'placedAt'],
				['Updated At', 'updatedAt'],
			],
			'placedAt',
		),
	],
	input: z.object({
		filters: z
			.object({ customerId: z.string().trim().optional(), status: z.string().optional() })
			.default({}),
		options: z.object({ fetchItems: z.boolean().default(false), sortBy: z.string().optional() }).default({}),
	}),
	safety: 'safe',
	list: {
		async *pages({ filters, options }, send, limit) {
			const query = { customer_id: filters.customerId, status: filters.status };
			const sortBy = options.sortBy ?? 'placedAt';
			const fetched = new Set<string>();
			for await (const page of sortedPagesOf(ORDERS, query, sortBy, send, limit)) {
				// Where pages overlap, an order comes again; it is read by itself once.
				const fresh = page.filter((order) => !fetched.has(recordId(order)));
				fresh.forEach((order) => fetched.add(recordId(order)));
				yield options.fetchItems ? await withItems(fresh, send) : page;
			}
		},
		recordId,
		version: ({ updatedAt }) => String(updatedAt ?? ''),
	},
	simplify: simplifyOrder,
});
