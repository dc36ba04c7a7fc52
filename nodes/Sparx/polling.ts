import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Counting, PolledContent, PollSource } from '../shared/polling/source';
import type { Send } from '../shared/transport/transport';
import { deal, listId } from './entities';
import { simplifyCustomer } from './lead';
import { pagesOf, recordId } from './lists';
import { ALL_SITES, CUSTOMERS } from './resources/customer/customer';
import { memberPages } from './resources/list/getMembers';
import { ORDERS, simplifyOrder } from './resources/order/order';

/** One kind of record, watched by one of its times. Lists come newest first. */
interface Watched {
	path: string[];
	filters: IDataObject;
	time: 'createdAt' | 'updatedAt';
	/** The time that the server puts the list in order by, where it is not asked for one. */
	orderedBy?: 'updatedAt';
	simplify(record: IDataObject): PolledContent;
}

/** What the list is asked for. */
function queryOf({ filters, time, orderedBy }: Watched): IDataObject {
	return orderedBy ? filters : { ...filters, sort_by: time };
}

async function newestRecord(watched: Watched, send: Send): Promise<IDataObject | undefined> {
	for await (const [record] of pagesOf(watched.path, queryOf(watched), send, 1)) return record;
	return undefined;
}

function timeOf(record: IDataObject, { time }: Watched): number {
	return Date.parse(String(record[time]));
}

/** A record is changed no earlier than it is made, so what is older by its change is older by its creation. */
function orderTimeOf(record: IDataObject, { time, orderedBy }: Watched): number {
	return Date.parse(String(record[orderedBy ?? time]));
}

function source(name: string, value: string, description: string, watched: Watched): PollSource {
	return {
		name,
		value,
		description,
		newest: async (send) => {
			const record = await newestRecord(watched, send);
			return record ? orderTimeOf(record, watched) : 0;
		},
		async *since(from, send) {
			const read = new Set<string>();
			for await (const page of pagesOf(watched.path, queryOf(watched), send, Infinity)) {
				yield page;
				// A page that has nothing in common with those before comes after a gap, which is then read too.
				const isAfterGap = read.size > 0 && !page.some((record) => read.has(recordId(record)));
				if (isAfterGap) continue;
				if (page.some((record) => orderTimeOf(record, watched) < from)) return;
				page.forEach((record) => read.add(recordId(record)));
			}
		},
		sample: async (send) => await newestRecord(watched, send),
		timeOf: (record) => timeOf(record, watched),
		keyOf: (record) =>
			watched.time === 'createdAt' ? recordId(record) : `${recordId(record)} ${String(record.updatedAt)}`,
		simplify: watched.simplify,
	};
}

const customers = {
	path: CUSTOMERS,
	filters: ALL_SITES,
	simplify: (record: IDataObject) => ({ lead: simplifyCustomer(record) }),
};
const orders = {
	path: ORDERS,
	filters: {},
	simplify: (record: IDataObject) => ({ data: simplifyOrder(record) }),
};

/** Deals come last updated first, and cannot be sorted otherwise. */
const deals = {
	path: deal.path,
	filters: {},
	orderedBy: 'updatedAt' as const,
	simplify: (record: IDataObject) => ({ data: deal.simplify(record) }),
};

/** What Sparx writes into a customer when an order is placed (docs/vendors/sparx.md#customers), and the time of it. */
const ORDER_TOTALS = ['orderCount', 'totalSpent', 'totalOrdered', 'firstOrderAt', 'lastOrderAt', 'updatedAt'];

/** A customer without its totals. */
const withoutTotals: Counting = {
	idOf: recordId,
	contentOf: (customer) =>
		JSON.stringify(Object.entries(customer).filter(([field]) => !ORDER_TOTALS.includes(field))),
	newestFirst: (send) => pagesOf(CUSTOMERS, { ...ALL_SITES, sort_by: 'updatedAt' }, send, Infinity),
};

export const ENTERED_LIST = 'customer.enteredList';

const enteredAtOf = ({ enteredAt }: IDataObject): number => Date.parse(String(enteredAt));

/** Both builds tell when each member entered a list; in which order they come is not known, so all are read. */
function enteredList(list: string): PollSource {
	const members = (send: Send, limit: number): AsyncIterable<IDataObject[]> => {
		if (list === '') throw new UserError('"List" is missing: choose the list to watch');
		return memberPages(list, send, limit);
	};
	return {
		name: 'Customer Entered List',
		value: ENTERED_LIST,
		description: 'A customer that came onto a list, by hand or by its rules',
		scope: list,
		newest: async (send) => {
			let newest = 0;
			for await (const page of members(send, Infinity)) newest = Math.max(newest, ...page.map(enteredAtOf));
			return newest;
		},
		since: (_from, send) => members(send, Infinity),
		sample: async (send) => {
			for await (const [member] of members(send, 1)) return member;
			return undefined;
		},
		timeOf: enteredAtOf,
		keyOf: ({ customerId, enteredAt }) => `${String(customerId)} ${String(enteredAt)}`,
		simplify: ({ segmentId, customerId, enteredAt, customer }) => ({
			...(customer ? { lead: simplifyCustomer(customer as IDataObject) } : {}),
			data: { listId: segmentId, customerId, enteredAt },
		}),
	};
}

const CUSTOMER_UPDATED = 'customer.updated';

/** What a person states beside the event. */
export interface Watching {
	/** Of the list that customers enter; empty where another event is watched. */
	listId?: string;
	/** Whether a customer counts as changed when only its order totals did. */
	includeOrderTotals?: boolean;
}

/** Orders, customers, deals and members of lists have no events, so they are looked for. */
export function sourcesFor({ listId: list = '', includeOrderTotals = false }: Watching): PollSource[] {
	return [
		source('Order Created', 'order.created', 'A new order; without its line items', {
			...orders,
			time: 'createdAt',
		}),
		source(
			'Order Created or Updated',
			'order.updated',
			'A new order, or the latest state of one that changed',
			{
				...orders,
				time: 'updatedAt',
			},
		),
		source('Customer Created', 'customer.created', 'A new customer', { ...customers, time: 'createdAt' }),
		{
			...source(
				'Customer Created or Updated',
				CUSTOMER_UPDATED,
				'A new customer, or the latest state of one that changed',
				{ ...customers, time: 'updatedAt' },
			),
			...(includeOrderTotals ? {} : { counting: withoutTotals }),
		},
		enteredList(list),
		source('Deal Created', 'deal.created', 'A new deal', { ...deals, time: 'createdAt' }),
		source('Deal Created or Updated', 'deal.updated', 'A new deal, or the latest state of one that changed', {
			...deals,
			time: 'updatedAt',
		}),
	];
}

/** The trigger's own fields. */
export const watchingFields: INodeProperties[] = [
	{ ...listId, displayOptions: { show: { event: [ENTERED_LIST] } } },
	{
		displayName: 'Include Changes of Order Totals',
		name: 'includeOrderTotals',
		type: 'boolean',
		default: false,
		description:
			'Whether a customer counts as changed when only its order totals did, as with each new order. Where there are more than 5,000 customers, those that have not changed for longest may count once in any case.',
		displayOptions: { show: { event: [CUSTOMER_UPDATED] } },
	},
];
