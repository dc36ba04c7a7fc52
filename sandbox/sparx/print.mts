import type { Customer, Order, Subscription } from './records.mts';
import { switchesOf, type SparxSettings } from './settings.mts';

const moneyFields = [
	'unitPrice',
	'lineSubtotal',
	'taxAmount',
	'discountAmount',
	'lineTotal',
	'subtotal',
	'shippingTotal',
	'discountTotal',
	'taxTotal',
	'total',
	'amountPaid',
	'refundTotal',
	'amount',
	'totalSpent',
];

/** A record as JSON holds it. */
export type Printed = Record<string, object | string | number | boolean | null | undefined>;

/** A record as the API shows it: its money as numbers, or as strings (contract section 2, number typing). */
export function printRecord(record: object, settings: Readonly<SparxSettings>): Printed {
	const asString = switchesOf(settings).moneyAs === 'string';
	const print = (name: string, value: Printed[string]) => {
		if (asString && typeof value === 'number' && moneyFields.includes(name)) return String(value);
		if (!Array.isArray(value)) return value;
		return value.map((entry) => (typeof entry === 'object' ? printRecord(entry, settings) : entry));
	};
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, print(name, value)]));
}

/** A record without some of its fields. */
export const without = (record: object, hidden: string[]) =>
	Object.fromEntries(Object.entries(record).filter(([name]) => !hidden.includes(name)));

/** An order; lists and updates show it without its items (contract 3.2 and 3.3). */
export function printOrder(order: Order, settings: Readonly<SparxSettings>, withItems: boolean) {
	const hidden = ['fulfillments', 'payments', 'refunds', ...(withItems ? [] : ['items'])];
	return printRecord(without(order, hidden), settings);
}

export const printCustomer = (customer: Customer, settings: Readonly<SparxSettings>) =>
	printRecord(customer, settings);

/** A subscription; its secret is whole only in the answer to its creation (contract 6.1). */
export function printSubscription(
	{ secret, ...shown }: Subscription,
	{ secretSpelling }: Readonly<SparxSettings>,
	withSecret: boolean,
) {
	return {
		...without(shown, ['endpointId']),
		[secretSpelling]: withSecret ? secret : `${secret.slice(0, 8)}…`,
	};
}
