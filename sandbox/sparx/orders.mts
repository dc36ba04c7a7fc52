import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { wordsOf } from './customers.mts';
import { clash, SparxRefusal } from './errors.mts';
import type { Order, OrderItem } from './records.mts';
import { newestFirst } from './route.mts';
import type { orderCreate, orderQuery, orderUpdate } from './schemas.mts';
import { isLifecycle, switchesOf, type SparxSettings } from './settings.mts';
import type { Tenant } from './tenant.mts';

export const round2 = (value: number) => Math.round((value + Number.EPSILON) * 100) / 100;
const sum = (values: number[]) => round2(values.reduce((total, value) => total + value, 0));

type OrderInput = z.output<typeof orderCreate>;

/** How long an order is between taking its number and being stored: parallel creates take the same number. */
const NUMBERING_MS = 3;

function itemOf(input: OrderInput['items'][number], orderId: string, tenant: Tenant): OrderItem {
	const { quantity, unitPrice, taxAmount, discountAmount } = input;
	// What the database refuses shows as an anonymous 500.
	const isUnknownProduct = input.productId && !tenant.products.includes(input.productId);
	if (unitPrice >= 1e10 || quantity > 2_147_483_647 || isUnknownProduct)
		throw new SparxRefusal(500, 'database');
	const lineSubtotal = round2(quantity * unitPrice);
	const now = tenant.now();
	return {
		...input,
		id: tenant.uuid(),
		orderId,
		productId: input.productId ?? null,
		variantId: input.variantId ?? null,
		description: input.description ?? null,
		lineSubtotal,
		lineTotal: round2(lineSubtotal + taxAmount - discountAmount),
		quantityFulfilled: 0,
		quantityRefunded: 0,
		createdAt: now,
		updatedAt: now,
	};
}

async function numberFor(
	tenant: Tenant,
	given: string | undefined,
	settings: Readonly<SparxSettings>,
): Promise<string> {
	if (given !== undefined) return given;
	if (switchesOf(settings).orderNumbers === 'counter') return tenant.nextCounter();
	const number = `O-${String(tenant.orders.size + 1).padStart(6, '0')}`;
	await sleep(NUMBERING_MS);
	return number;
}

/** The newer build writes the buyer's totals together with the order. */
function countOrder(tenant: Tenant, order: Order): void {
	const customer = tenant.customer(order.customerId);
	const own = [...tenant.orders.values()].filter(({ customerId }) => customerId === customer.id);
	Object.assign(customer, {
		orderCount: own.length,
		totalOrdered: sum(own.map(({ total }) => total)),
		firstOrderAt: customer.firstOrderAt ?? order.createdAt,
		lastOrderAt: order.createdAt,
		updatedAt: tenant.now(),
	});
}

/** Throws Refusals: 404 unknown customer, the clash status for a number that is taken. */
export async function createOrder(
	tenant: Tenant,
	input: OrderInput,
	settings: Readonly<SparxSettings>,
): Promise<Order> {
	tenant.customer(input.customerId);
	const id = tenant.uuid();
	const items = input.items.map((item) => itemOf(item, id, tenant));
	const orderNumber = await numberFor(tenant, input.orderNumber, settings);
	if (tenant.orderNumbers.has(orderNumber)) throw clash('The order number', settings);

	const subtotal = sum(items.map(({ lineSubtotal }) => lineSubtotal));
	const lineDiscounts = sum(items.map(({ discountAmount }) => discountAmount));
	const how = switchesOf(settings).discountTotal;
	const isReplacing = how === 'replaces' && input.discountTotal !== undefined;
	const discountTotal = round2(
		isReplacing
			? (input.discountTotal as number)
			: lineDiscounts + (how === 'applied' ? (input.discountTotal ?? 0) : 0),
	);
	const taxTotal = input.taxTotal ?? sum(items.map(({ taxAmount }) => taxAmount));
	const now = tenant.now();
	const order: Order = {
		id,
		tenantId: tenant.id,
		orderNumber,
		status: 'placed',
		paymentStatus: 'unpaid',
		customerId: input.customerId,
		channel: input.channel ?? null,
		source: input.source ?? null,
		currency: input.currency,
		subtotal,
		shippingTotal: input.shippingTotal,
		discountTotal,
		taxTotal,
		total: round2(subtotal - discountTotal + taxTotal + input.shippingTotal),
		amountPaid: 0,
		refundTotal: 0,
		shippingAddress: input.shippingAddress ?? null,
		billingAddress: input.billingAddress ?? null,
		customerNote: input.customerNote ?? null,
		internalNote: input.internalNote ?? null,
		metadata: input.metadata,
		placedAt: input.placedAt ? new Date(input.placedAt).toISOString() : now,
		paidAt: null,
		fulfilledAt: null,
		deliveredAt: null,
		cancelledAt: null,
		cancelledReason: null,
		refundedAt: null,
		createdAt: now,
		updatedAt: now,
		items,
		fulfillments: [],
		payments: [],
		refunds: [],
	};
	tenant.orderNumbers.add(orderNumber);
	tenant.orders.set(id, order);
	if (isLifecycle(settings)) countOrder(tenant, order);
	return order;
}

export function updateOrder(tenant: Tenant, order: Order, input: z.output<typeof orderUpdate>): Order {
	return Object.assign(order, input, { updatedAt: tenant.now() });
}

/** Cancelling again changes nothing; what is delivered or refunded cannot be cancelled. */
export function cancelOrder(tenant: Tenant, order: Order, reason: string | undefined): Order {
	if (order.status === 'cancelled') return order;
	if (order.status === 'delivered' || order.status === 'refunded') {
		throw new SparxRefusal(422, `A ${order.status} order cannot be cancelled.`, { details: [] });
	}
	const now = tenant.now();
	return Object.assign(order, {
		status: 'cancelled',
		cancelledAt: now,
		cancelledReason: reason ?? null,
		updatedAt: now,
	});
}

type Query = z.output<ReturnType<typeof orderQuery>>;

/** The orders of a list; those of the newer build can be searched by number and buyer. */
export function findOrders(tenant: Tenant, asked: Query): Order[] {
	const words = asked.q === undefined ? [] : wordsOf(asked.q, true);
	const found = [...tenant.orders.values()].filter((order) => {
		if (asked.customer_id && order.customerId !== asked.customer_id) return false;
		if (asked.status && order.status !== asked.status) return false;
		if (asked.payment_status && order.paymentStatus !== asked.payment_status) return false;
		const buyer = tenant.customers.get(order.customerId);
		const searched = [order.orderNumber, buyer?.firstName, buyer?.lastName, buyer?.company, buyer?.email];
		return words.every((word) => searched.some((value) => value && word.test(value)));
	});
	const sorted = newestFirst(found, asked.sort_by);
	return asked.order === 'asc' ? sorted.reverse() : sorted;
}
