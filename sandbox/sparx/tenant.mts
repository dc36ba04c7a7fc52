import type { Clock } from '../clock.mts';
import type { Random } from '../random.mts';
import { SparxRefusal } from './errors.mts';
import type { CrmRecord, Customer, Order, Subscription } from './records.mts';

/** The site that lists show where none is named. */
export const PRIMARY_SITE = '5a5e0000-0000-4000-8000-000000000001';

const hex = '0123456789abcdef';

/** One tenant's records, in the order in which they were made. */
export class Tenant {
	readonly id: string;
	readonly products: string[];
	readonly orders = new Map<string, Order>();
	readonly customers = new Map<string, Customer>();
	readonly subscriptions = new Map<string, Subscription>();
	readonly orderNumbers = new Set<string>();
	/** Everything else of the CRM, by kind. */
	readonly crm = new Map<string, Map<string, CrmRecord>>();
	/** Money that a gateway has sent back, in currency units. */
	moneySentBack = 0;
	readonly #clock: Clock;
	readonly #random: Random;
	#counter = 1041;

	constructor(id: string, products: string[], clock: Clock, random: Random) {
		this.id = id;
		this.products = products;
		this.#clock = clock;
		this.#random = random;
	}

	/** Leaves no order and no customer. */
	clear(): void {
		this.orders.clear();
		this.customers.clear();
		this.orderNumbers.clear();
		this.crm.clear();
	}

	now(): string {
		return new Date(this.#clock.now()).toISOString();
	}

	digits(length: number): string {
		return Array.from({ length }, () => this.#random.pick(hex)).join('');
	}

	/** A UUID of version 4. */
	uuid(): string {
		return `${this.digits(8)}-${this.digits(4)}-4${this.digits(3)}-8${this.digits(3)}-${this.digits(12)}`;
	}

	/** The next number of the documented kind. */
	nextCounter(): string {
		return String(++this.#counter);
	}

	/** Throws a 404 Refusal. */
	order(id: string): Order {
		return this.orders.get(id) ?? missing('Order', id);
	}

	/** Throws a 404 Refusal, also when the customer is deleted. */
	customer(id: string): Customer {
		const customer = this.customers.get(id);
		return customer && !customer.deletedAt ? customer : missing('Customer', id);
	}

	/** The records of a kind, oldest first; an empty map where there are none yet. */
	all(kind: string): Map<string, CrmRecord> {
		const records = this.crm.get(kind) ?? new Map<string, CrmRecord>();
		this.crm.set(kind, records);
		return records;
	}

	/** Throws a 404 Refusal, also when it is deleted. */
	one(kind: string, id: string): CrmRecord {
		const record = this.all(kind).get(id);
		return record && !record.deletedAt ? record : missing(kind, id);
	}

	/** Throws a 404 Refusal. */
	subscription(id: string): Subscription {
		return this.subscriptions.get(id) ?? missing('WebhookSubscription', id);
	}
}

/** Throws the 404 Refusal of a record that is not there (docs/vendors/sparx.md, Errors). */
export function missing(entityType: string, entityId: string): never {
	throw new SparxRefusal(404, `${entityType} not found.`, { details: { entityType, entityId } });
}
