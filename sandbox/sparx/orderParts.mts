import type { z } from 'zod';
import { clash, SparxRefusal } from './errors.mts';
import { round2 } from './orders.mts';
import type { Fulfillment, Order, Payment, Refund } from './records.mts';
import type { fulfillmentCreate, fulfillmentUpdate, paymentCreate, refundCreate } from './schemas.mts';
import { switchesOf, type SparxSettings } from './settings.mts';
import { missing, type Tenant } from './tenant.mts';

type RefundInput = z.output<typeof refundCreate> & { amount: number };

function recorded(
	order: Order,
	input: z.output<typeof refundCreate>,
	settings: Readonly<SparxSettings>,
): RefundInput {
	if (switchesOf(settings).refunds === 'recorded') refuseClosed(order, ['cancelled']);
	if (input.amount === undefined)
		throw new SparxRefusal(422, 'Validation failed.', { details: [{ path: 'amount', message: 'Required' }] });
	return { currency: defaultCurrency(order, settings), ...input, amount: input.amount };
}

function settled(tenant: Tenant, order: Order, wanted: number | undefined): RefundInput {
	const payment = order.payments.find(({ status, processorRef }) => status === 'captured' && processorRef);
	if (!payment) throw new SparxRefusal(400, 'The order has no captured payment to refund.');
	const left = round2(order.amountPaid - order.refundTotal);
	const amount = wanted ?? left;
	if (amount <= 0 || amount > left) throw new SparxRefusal(400, 'There is nothing left to refund.');
	tenant.moneySentBack = round2(tenant.moneySentBack + amount);
	return {
		amount,
		paymentId: payment.id,
		currency: String(payment.currency),
		processorRef: `re_${tenant.digits(12)}`,
	};
}

function refundItems(tenant: Tenant, lines: z.output<typeof refundCreate>['lines'] = []) {
	return lines.map((line) => ({ ...line, tenantId: tenant.id }));
}

/** The servers take USD, whatever the order's currency; the documents do not say. */
const defaultCurrency = (order: Order, settings: Readonly<SparxSettings>): string =>
	switchesOf(settings).errorDetails ? 'USD' : String(order.currency);

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
	input: z.output<ReturnType<typeof fulfillmentUpdate>>,
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
		currency: defaultCurrency(order, settings),
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

/**
 * The older build records. The newer one records too where a processor reference is given; where none is, it sends the
 * newest captured payment's money back and looks at nothing else.
 */
export function createRefund(
	tenant: Tenant,
	order: Order,
	given: z.output<typeof refundCreate>,
	settings: Readonly<SparxSettings>,
): Refund {
	const isSettling = switchesOf(settings).refunds === 'settled' && !given.processorRef;
	const input = isSettling ? settled(tenant, order, given.amount) : recorded(order, given, settings);
	const now = tenant.now();
	const refund = {
		...input,
		refundItems: refundItems(tenant, input.lines),
		id: tenant.uuid(),
		orderId: order.id,
		status: 'completed' as const,
		createdAt: now,
	};
	delete refund.lines;
	order.refunds.unshift(refund);
	order.refundTotal = round2(order.refundTotal + input.amount);
	if (order.refundTotal >= order.total) {
		Object.assign(order, { status: 'refunded', paymentStatus: 'refunded', refundedAt: now });
	}
	order.updatedAt = now;
	return refund;
}
