/** Times are ISO 8601 with milliseconds, money is in currency units. `null` where nothing is known, as Sparx prints it. */
export interface OrderItem {
	id: string;
	orderId: string;
	sku: string;
	name: string;
	quantity: number;
	unitPrice: number;
	productId: string | null;
	variantId: string | null;
	description: string | null;
	lineSubtotal: number;
	taxAmount: number;
	discountAmount: number;
	lineTotal: number;
	quantityFulfilled: number;
	quantityRefunded: number;
	metadata: Record<string, unknown>;
	createdAt: string;
	updatedAt: string;
}

export interface Fulfillment {
	id: string;
	orderId: string;
	status: string;
	items: { id: string; orderItemId: string; quantity: number }[];
	createdAt: string;
	updatedAt: string;
	[field: string]: unknown;
}

export interface Payment {
	id: string;
	orderId: string;
	processor: string;
	processorRef: string | null;
	amount: number;
	status: string;
	createdAt: string;
	[field: string]: unknown;
}

export interface Refund {
	id: string;
	orderId: string;
	amount: number;
	status: 'completed';
	createdAt: string;
	[field: string]: unknown;
}

export interface Order {
	id: string;
	tenantId: string;
	orderNumber: string;
	status: 'placed' | 'fulfilled' | 'delivered' | 'cancelled' | 'refunded';
	paymentStatus: 'unpaid' | 'partially_paid' | 'paid' | 'refunded';
	customerId: string;
	total: number;
	amountPaid: number;
	refundTotal: number;
	placedAt: string;
	createdAt: string;
	updatedAt: string;
	cancelledAt: string | null;
	cancelledReason: string | null;
	items: OrderItem[];
	/** Not printed with the order. */
	fulfillments: Fulfillment[];
	payments: Payment[];
	refunds: Refund[];
	[field: string]: unknown;
}

export interface Customer {
	id: string;
	tenantId: string;
	type: string;
	email: string | null;
	firstName: string | null;
	lastName: string | null;
	company: string | null;
	doNotContact: boolean;
	tags: string[];
	totalSpent: number;
	lastOrderAt: string | null;
	createdAt: string;
	updatedAt: string;
	deletedAt: string | null;
	[field: string]: unknown;
}

/** A company, deal, task, note, list, member of a list or address. */
export interface CrmRecord {
	id: string;
	createdAt: string;
	updatedAt: string;
	[field: string]: unknown;
}

export interface Subscription {
	id: string;
	tenantId: string;
	name: string;
	url: string;
	events: string[];
	active: boolean;
	secret: string;
	createdAt: string;
	updatedAt: string;
	/** Where the delivery engine keeps it; none while it is paused or its address is not on this machine. */
	endpointId?: number;
}
