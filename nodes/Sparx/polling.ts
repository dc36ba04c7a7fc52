import type { IDataObject } from 'n8n-workflow';
import type { PolledContent, PollSource } from '../shared/polling/source';
import type { Send } from '../shared/transport/transport';
import { simplifyCustomer } from './lead';
import { pagesOf, recordId } from './lists';
import { ALL_SITES, CUSTOMERS } from './resources/customer/customer';
import { ORDERS, simplifyOrder } from './resources/order/order';

/** One kind of record, watched by one of its times. Lists come newest first (contract 3.2 and 3.5). */
interface Watched {
	path: string[];
	filters: IDataObject;
	time: 'createdAt' | 'updatedAt';
	simplify(record: IDataObject): PolledContent;
}

async function newestRecord({ path, filters, time }: Watched, send: Send): Promise<IDataObject | undefined> {
	for await (const [record] of pagesOf(path, { ...filters, sort_by: time }, send, 1)) return record;
	return undefined;
}

function timeOf(record: IDataObject, { time }: Watched): number {
	return Date.parse(String(record[time]));
}

function source(name: string, value: string, description: string, watched: Watched): PollSource {
	return {
		name,
		value,
		description,
		newest: async (send) => {
			const record = await newestRecord(watched, send);
			return record ? timeOf(record, watched) : 0;
		},
		async *since(from, send) {
			const read = new Set<string>();
			for await (const page of pagesOf(
				watched.path,
				{ ...watched.filters, sort_by: watched.time },
				send,
				Infinity,
			)) {
				yield page;
				// A page that has nothing in common with those before comes after a gap, which is then read too.
				const isAfterGap = read.size > 0 && !page.some((record) => read.has(recordId(record)));
				if (isAfterGap) continue;
				if (page.some((record) => timeOf(record, watched) < from)) return;
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

/** Orders and customers have no events (contract 6.2), so they are looked for. */
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
];
