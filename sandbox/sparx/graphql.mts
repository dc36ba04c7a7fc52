import { z } from 'zod';
import { printCustomer, printOrder } from './print.mts';
import { checked } from './schemas.mts';
import type { SparxSettings } from './settings.mts';
import type { Tenant } from './tenant.mts';

const requestSchema = z.object({
	query: z.string().min(1),
	variables: z.record(z.unknown()).default({}),
	operationName: z.string().optional(),
});

/**
 * ASSUMED whole: the contract (3.6) gives the path and no schema. Understands a query for `orders`, `customers`,
 * `order(id: $id)` or `customer(id: $id)`, gives whole records, and answers anything else as GraphQL does: errors in a 200.
 */
export function answerGraphql(tenant: Tenant, body: unknown, settings: Readonly<SparxSettings>): object {
	const { query, variables } = checked(requestSchema, body);
	const [, field = ''] = /\{\s*(\w+)/.exec(query) ?? [];
	const id = String(variables.id);
	const fields: Record<string, () => unknown> = {
		orders: () => [...tenant.orders.values()].map((order) => printOrder(order, settings, true)),
		customers: () => [...tenant.customers.values()].map((customer) => printCustomer(customer, settings)),
		order: () => printOrder(tenant.order(id), settings, true),
		customer: () => printCustomer(tenant.customer(id), settings),
	};
	if (!fields[field]) return { errors: [{ message: `Cannot query field "${field}" on type "Query".` }] };
	try {
		return { data: { [field]: fields[field]() } };
	} catch (error) {
		return { data: { [field]: null }, errors: [{ message: error.message, path: [field] }] };
	}
}
