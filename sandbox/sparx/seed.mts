import type { Random } from '../random.mts';
import type { Customer, Order } from './records.mts';
import type { Tenant } from './tenant.mts';

export interface SeedPlan {
	customers: number;
	orders: number;
	/** Epoch ms of the oldest and newest record. */
	from?: number;
	to?: number;
	/** How many orders share each millisecond. */
	perInstant?: number;
}

/** When the records the sandbox starts with were made: ten days of February 2026. */
const initialPeriod = { from: Date.UTC(2026, 1, 2), to: Date.UTC(2026, 1, 12) };

const firstNames = ['Ada', 'Grace', 'Alan', 'Barbara', 'Donald', 'Radia', 'Margaret', 'José'];
const lastNames = ['Lovelace', 'Hopper', 'Turing', 'Liskov', 'Knuth', 'Perlman', 'Nuñez', "O'Neil"];
const companies = ['Northwind', 'Contoso', 'Initech', 'Hooli', 'Vandelay', 'Tyrell'];

function person(random: Random) {
	const [firstName, lastName, company] = [
		random.pick(firstNames),
		random.pick(lastNames),
		random.pick(companies),
	];
	const mailbox = `${firstName}.${lastName}`
		.normalize('NFD')
		.replace(/[^A-Za-z.]/g, '')
		.toLowerCase();
	return {
		firstName,
		lastName,
		company,
		email: `${mailbox}.${random.integer(1e9).toString(36)}@${company.toLowerCase()}.example`,
		phone: `+1415555${String(random.integer(10_000)).padStart(4, '0')}`,
		jobTitle: 'Buyer',
	};
}

/** What was a prospect is a new lead in the newer build, all others are customers. */
const kindOf = (type: string) =>
	type === 'prospect'
		? { type, lifecycleStage: 'lead', leadStatus: 'new' }
		: { type, lifecycleStage: 'customer', leadStatus: null };

function customerRecord(tenant: Tenant, random: Random, time: string): Customer {
	return {
		id: tenant.uuid(),
		tenantId: tenant.id,
		authUserId: null,
		...kindOf(random.pick(['prospect', 'retail', 'b2b'])),
		...person(random),
		companyId: null,
		propertyId: null,
		customProperties: {},
		assignedRepId: null,
		preferredContactMethod: 'email',
		doNotContact: random.integer(4) === 0,
		gdprConsent: {},
		tags: random.integer(2) === 0 ? ['newsletter'] : [],
		metadata: {},
		totalSpent: 0,
		orderCount: 0,
		firstOrderAt: null,
		lastOrderAt: null,
		mergedIntoCustomerId: null,
		createdAt: time,
		updatedAt: time,
		deletedAt: null,
	};
}

function orderRecord(tenant: Tenant, random: Random, customerId: string, time: string): Order {
	const id = tenant.uuid();
	const quantity = 1 + random.integer(3);
	const unitPrice = 5 + random.integer(2000) / 4;
	const subtotal = quantity * unitPrice;
	const item = {
		id: tenant.uuid(),
		orderId: id,
		sku: 'HAT-1',
		name: 'Felt hat',
		quantity,
		unitPrice,
		productId: null,
		variantId: null,
		description: null,
		lineSubtotal: subtotal,
		taxAmount: 0,
		discountAmount: 0,
		lineTotal: subtotal,
		quantityFulfilled: 0,
		quantityRefunded: 0,
		metadata: {},
		createdAt: time,
		updatedAt: time,
	};
	return {
		id,
		tenantId: tenant.id,
		orderNumber: tenant.nextCounter(),
		status: 'placed',
		paymentStatus: 'unpaid',
		customerId,
		channel: 'storefront',
		source: null,
		currency: 'USD',
		subtotal,
		shippingTotal: 0,
		discountTotal: 0,
		taxTotal: 0,
		total: subtotal,
		amountPaid: 0,
		refundTotal: 0,
		shippingAddress: null,
		billingAddress: null,
		customerNote: null,
		internalNote: null,
		metadata: {},
		placedAt: time,
		paidAt: null,
		fulfilledAt: null,
		deliveredAt: null,
		cancelledAt: null,
		cancelledReason: null,
		refundedAt: null,
		createdAt: time,
		updatedAt: time,
		items: [item],
		fulfillments: [],
		payments: [],
		refunds: [],
	};
}

/** Adds records as they would have come in over a period, oldest first; gives the new orders' ids. */
export function seedTenant(tenant: Tenant, plan: SeedPlan, random: Random): string[] {
	const { customers, orders, perInstant = 1 } = plan;
	const { from, to } = { ...initialPeriod, ...plan };
	const timeOf = (index: number, count: number) =>
		new Date(from + Math.floor(((to - from) * index) / Math.max(1, count - 1))).toISOString();

	for (let index = 0; index < customers; index++) {
		const customer = customerRecord(tenant, random, timeOf(index, customers));
		tenant.customers.set(customer.id, customer);
	}
	const customerIds = [...tenant.customers.keys()];
	return Array.from({ length: orders }, (_, index) => {
		const instant = Math.floor(index / perInstant) * perInstant;
		const order = orderRecord(tenant, random, random.pick(customerIds), timeOf(instant, orders));
		tenant.orders.set(order.id, order);
		tenant.orderNumbers.add(order.orderNumber);
		return order.id;
	});
}
