import type { IDataObject } from 'n8n-workflow';
import type { PolledContent, PollSource } from '../shared/polling/source';
import type { Send } from '../shared/transport/transport';
import { deal } from './entities';
import { simplifyCustomer } from './lead';
import { pagesOf, recordId } from './lists';
import { ALL_SITES, CUSTOMERS } from './resources/customer/customer';
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

/** Orders, customers and deals have no events, so they are looked for. */
export const sources: PollSource[] = [
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
	source(
		'Customer Created or Updated',
		'customer.updated',
		'A new customer, or the latest state of one that changed',
		{
			...customers,
			time: 'updatedAt',
		},
	),
	source('Deal Created', 'deal.created', 'A new deal', { ...deals, time: 'createdAt' }),
	source('Deal Created or Updated', 'deal.updated', 'A new deal, or the latest state of one that changed', {
		...deals,
		time: 'updatedAt',
	}),
];
