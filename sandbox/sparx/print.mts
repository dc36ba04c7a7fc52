import { shownType } from './customers.mts';
import type { Customer, Order, Subscription } from './records.mts';
import { isLifecycle, switchesOf, type SparxSettings } from './settings.mts';

import type { Tenant } from './tenant.mts';

/** Fields of a customer that only the newer build has. */
const NEWER_FIELDS = ['lifecycleStage', 'leadStatus', 'propertyId', 'customProperties', 'totalOrdered'];

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
	'totalOrdered',
	'surchargeTotal',
	'coreChargeTotal',
	'value',
	'probability',
	'creditLimit',
	'creditUsed',
	'discountPercent',
];

/** A record as JSON holds it. */
export type Printed = Record<string, object | string | number | boolean | null | undefined>;

/** A record as the API shows it: its money as numbers, or as strings (docs/vendors/sparx.md, Amounts of money). */
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

/** An order; lists and updates show it without its items (docs/vendors/sparx.md, Orders). */
export function printOrder(order: Order, settings: Readonly<SparxSettings>, withItems: boolean) {
	const hidden = ['fulfillments', 'payments', 'refunds', ...(withItems ? [] : ['items'])];
	const newer = isLifecycle(settings) ? { surchargeTotal: 0, coreChargeTotal: 0 } : {};
	return printRecord({ ...without(order, hidden), ...newer }, settings);
}

/** A customer under the names that a build has for its fields. */
export function printCustomer(customer: Customer, settings: Readonly<SparxSettings>, tenant?: Tenant) {
	if (!isLifecycle(settings)) {
		const { companyId, ...older } = without(customer, NEWER_FIELDS);
		return printRecord({ ...older, b2bAccountId: companyId }, settings);
	}
	const company = tenant?.all('Company').get(String(customer.companyId));
	return printRecord(
		{
			score: null,
			totalOrdered: 0,
			...customer,
			type: shownType(customer, settings),
			companyName: customer.company,
			...(tenant && { b2bAccount: company ? { id: company.id, companyName: company.companyName } : null }),
		},
		settings,
	);
}

/** A subscription; its secret is whole only in the answer to its creation (docs/vendors/sparx.md, Webhook subscriptions). */
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
