import type { z } from 'zod';
import { clash, SparxRefusal } from './errors.mts';
import { round2 } from './orders.mts';
import type { Fulfillment, Order, Payment, Refund } from './records.mts';
import type { fulfillmentCreate, fulfillmentUpdate, paymentCreate, refundCreate } from './schemas.mts';
import type { SparxSettings } from './settings.mts';
import { missing, type Tenant } from './tenant.mts';

/** What belongs to an order (contract 3.4). */

function refuseClosed(order: Order, closed: Order['status'][]): void {
	if (closed.includes(order.status))
		throw new SparxRefusal(422, `The order is ${order.status}.`, { details: [] });
}

function advance(tenant: Tenant, order: Order): void {
	const now = tenant.now();
	const isCovered = order.items.every(({ quantity, quantityFulfilled }) => quantityFulfilled >= quantity);
	if (isCovered && order.status === 'placed') Object.assign(order, { status: 'fulfilled', fulfilledAt: now });
	const isDelivered = order.fulfillments.every(({ status }) => status === 'delivered');
	if (isCovered && isDelivered) Object.assign(order, { status: 'delivered', deliveredAt: now });
	order.updatedAt = now;
}

export function createFulfillment(
	tenant: Tenant,
	order: Order,
	{ lines, ...input }: z.output<typeof fulfillmentCreate>,
): Fulfillment {
	refuseClosed(order, ['cancelled', 'refunded']);
	for (const { orderItemId, quantity } of lines) {
		const item = order.items.find(({ id }) => id === orderItemId) ?? missing('OrderItem', orderItemId);
		if (quantity > item.quantity - item.quantityFulfilled) {
			throw new SparxRefusal(422, 'More than the remaining quantity.', { details: [] });
		}
		item.quantityFulfilled += quantity;
	}
	const now = tenant.now();
	const items = lines.map((line) => ({ id: tenant.uuid(), ...line }));
	const fulfillment = {
		id: tenant.uuid(),
		orderId: order.id,
		...input,
		items,
		createdAt: now,
		updatedAt: now,
	};
	order.fulfillments.unshift(fulfillment);
	advance(tenant, order);
	return fulfillment;
}

export function updateFulfillment(
	tenant: Tenant,
	order: Order,
	id: string,
	input: z.output<typeof fulfillmentUpdate>,
): Fulfillment {
	const fulfillment =
		order.fulfillments.find((candidate) => candidate.id === id) ?? missing('Fulfillment', id);
	Object.assign(fulfillment, input, { updatedAt: tenant.now() });
	advance(tenant, order);
	return fulfillment;
}

function countPayments(tenant: Tenant, order: Order): void {
	const captured = order.payments.filter(({ status }) => status === 'captured');
	order.amountPaid = round2(captured.reduce((total, { amount }) => total + amount, 0));
	const isPaid = order.amountPaid >= order.total;
	order.paymentStatus = order.amountPaid === 0 ? 'unpaid' : isPaid ? 'paid' : 'partially_paid';
	order.updatedAt = tenant.now();
}

export function createPayment(
	tenant: Tenant,
	order: Order,
	input: z.output<typeof paymentCreate>,
	settings: Readonly<SparxSettings>,
): Payment {
	refuseClosed(order, ['cancelled', 'refunded']);
	const { processor, processorRef = null } = input;
	const isTaken = [...tenant.orders.values()]
		.flatMap(({ payments }) => payments)
		.some((payment) => payment.processor === processor && payment.processorRef === processorRef);
	if (processorRef !== null && isTaken) throw clash('The processor reference', settings);
	const payment = {
		currency: order.currency,
		...input,
		id: tenant.uuid(),
		orderId: order.id,
		processorRef,
		voidedAt: null,
		createdAt: tenant.now(),
	};
	order.payments.unshift(payment);
	countPayments(tenant, order);
	return payment;
}

export function voidPayment(tenant: Tenant, order: Order, id: string, reason: string | undefined): Payment {
	const payment = order.payments.find((candidate) => candidate.id === id) ?? missing('Payment', id);
	if (payment.status === 'voided') return payment;
	Object.assign(payment, { status: 'voided', voidedAt: tenant.now(), voidReason: reason ?? null });
	countPayments(tenant, order);
	return payment;
}

export function createRefund(tenant: Tenant, order: Order, input: z.output<typeof refundCreate>): Refund {
	refuseClosed(order, ['cancelled']);
	const now = tenant.now();
	const refund = {
		currency: order.currency,
		...input,
		id: tenant.uuid(),
		orderId: order.id,
		status: 'completed' as const,
		createdAt: now,
	};
	order.refunds.unshift(refund);
	order.refundTotal = round2(order.refundTotal + input.amount);
	if (order.refundTotal >= order.total) {
		Object.assign(order, { status: 'refunded', paymentStatus: 'refunded', refundedAt: now });
	}
	order.updatedAt = now;
	return refund;
}
