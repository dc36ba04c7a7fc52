import type { Clock } from '../clock.mts';
import type { Random } from '../random.mts';
import { SparxRefusal } from './errors.mts';
import type { Customer, Order, Subscription } from './records.mts';

const hex = '0123456789abcdef';

/** One tenant's records, in the order in which they were made. */
export class Tenant {
	readonly id: string;
	readonly products: string[];
	readonly orders = new Map<string, Order>();
	readonly customers = new Map<string, Customer>();
	readonly subscriptions = new Map<string, Subscription>();
	readonly orderNumbers = new Set<string>();
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

	/** Throws a 404 Refusal. */
	subscription(id: string): Subscription {
		return this.subscriptions.get(id) ?? missing('WebhookSubscription', id);
	}
}

/** Throws the 404 Refusal of a record that is not there (contract section 2). */
export function missing(entityType: string, entityId: string): never {
	throw new SparxRefusal(404, `${entityType} not found.`, { details: { entityType, entityId } });
}
