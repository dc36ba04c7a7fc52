import { z, type ZodTypeAny } from 'zod';
import { SparxRefusal } from './errors.mts';

const uuid = z.string().uuid();
const note = z.string().max(10_000);
const money = z
	.number()
	.nonnegative()
	.refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'at most 2 decimals');
const metadata = z.record(z.unknown());
const currency = z.string().regex(/^[A-Z]{3}$/);
const dateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/);
const shortText = z.string().max(255);

const address = z.object({
	line1: z.string().min(1).max(255),
	city: z.string().min(1).max(120),
	country: z.string().regex(/^[A-Z]{2}$/),
	recipientName: shortText.optional(),
	company: shortText.optional(),
	line2: shortText.optional(),
	region: shortText.optional(),
	postalCode: z.string().max(32).optional(),
	phone: z.string().max(50).optional(),
});

/** Contract 3.1. */
export const orderCreate = z.object({
	customerId: uuid,
	items: z
		.array(
			z.object({
				sku: z.string().min(1).max(127),
				name: z.string().min(1).max(255),
				quantity: z.number().int().positive().default(1),
				unitPrice: money.default(0),
				productId: uuid.nullish(),
				variantId: uuid.nullish(),
				description: note.nullish(),
				taxAmount: money.default(0),
				discountAmount: money.default(0),
				metadata: metadata.default({}),
			}),
		)
		.min(1)
		.max(500),
	currency: currency.default('USD'),
	channel: z.enum(['storefront', 'b2b_portal', 'admin', 'import', 'mcp', 'marketplace']).optional(),
	propertyId: uuid.optional(),
	source: z.string().max(63).optional(),
	shippingTotal: money.default(0),
	discountTotal: money.default(0),
	taxTotal: money.optional(),
	shippingAddress: address.optional(),
	billingAddress: address.optional(),
	customerNote: note.optional(),
	internalNote: note.optional(),
	orderNumber: z.string().min(1).max(63).optional(),
	placedAt: dateTime.optional(),
	metadata: metadata.default({}),
});

/** Contract 3.3. */
export const orderUpdate = z.object({
	customerNote: note.optional(),
	internalNote: note.optional(),
	shippingAddress: address.nullish(),
	billingAddress: address.nullish(),
	metadata: metadata.optional(),
});

export const reason = z.object({ reason: z.string().max(500).optional() }).default({});

const fulfillmentStatus = z.enum(['pending', 'shipped', 'delivered', 'failed', 'cancelled']);
const tracking = {
	carrier: z.enum(['ups', 'usps', 'fedex', 'dhl', 'digital', 'dropship', 'pickup', 'other']).optional(),
	carrierOther: shortText.optional(),
	service: shortText.optional(),
	trackingNumber: shortText.optional(),
	trackingUrl: z.string().url().optional(),
	shippedAt: dateTime.optional(),
	notes: note.optional(),
	metadata: metadata.optional(),
};
const line = z.object({ orderItemId: uuid, quantity: z.number().int().positive() });

/** Contract 3.4. */
export const fulfillmentCreate = z.object({
	lines: z.array(line).min(1),
	status: fulfillmentStatus.default('pending'),
	...tracking,
});
export const fulfillmentUpdate = z.object({
	status: fulfillmentStatus.optional(),
	deliveredAt: dateTime.optional(),
	...tracking,
});
export const paymentCreate = z.object({
	processor: z.enum(['stripe', 'paypal', 'manual', 'check', 'wire', 'net_terms']),
	amount: money,
	processorRef: shortText.min(1).optional(),
	currency: currency.optional(),
	status: z.enum(['pending', 'authorized', 'captured', 'failed']).default('captured'),
	authorizedAt: dateTime.optional(),
	capturedAt: dateTime.optional(),
	metadata: metadata.optional(),
});
export const refundCreate = z.object({
	amount: money,
	paymentId: uuid.optional(),
	currency: currency.optional(),
	reason: shortText.optional(),
	processorRef: shortText.optional(),
	lines: z.array(line.extend({ amount: money })).optional(),
	metadata: metadata.optional(),
});

/** Contract 3.5. */
export const customerFields = z.object({
	type: z.enum(['prospect', 'retail', 'b2b']).optional(),
	email: z
		.string()
		.regex(/^[^\s@]+@[^\s@]+$/)
		.nullish(),
	phone: z.string().max(50).nullish(),
	firstName: shortText.nullish(),
	lastName: shortText.nullish(),
	company: shortText.nullish(),
	jobTitle: shortText.nullish(),
	b2bAccountId: uuid.nullish(),
	assignedRepId: uuid.nullish(),
	preferredContactMethod: z.enum(['email', 'phone', 'sms']).nullish(),
	doNotContact: z.boolean().optional(),
	gdprConsent: z.boolean().optional(),
	tags: z
		.array(z.string().regex(/^[A-Za-z0-9_-]{1,63}$/))
		.max(50)
		.optional(),
	metadata: metadata.optional(),
});

/** Contract 6.2. */
export const eventNames = [
	'content.entry.created',
	'content.entry.updated',
	'content.entry.published',
	'content.entry.scheduled',
	'content.entry.unpublished',
	'content.entry.deleted',
	'media.uploaded',
	'media.processed',
	'redirect.added',
	'redirect.removed',
] as const;

/** Contract 6.1. */
export const subscriptionCreate = z.object({
	name: z.string().min(1).max(120),
	url: z.string().url().max(2048),
	events: z.array(z.enum(eventNames)).min(1),
	active: z.boolean().default(true),
});
export const subscriptionUpdate = subscriptionCreate.partial();

const page = (largestTake: number) => ({
	take: z.coerce.number().int().min(1).max(largestTake).default(50),
	skip: z.coerce.number().int().min(0).default(0),
});

/** Contract 3.2. */
export const orderQuery = (largestTake: number) =>
	z.object({
		...page(largestTake),
		customer_id: uuid.optional(),
		status: z.enum(['placed', 'fulfilled', 'delivered', 'cancelled', 'refunded']).optional(),
		sort_by: z.enum(['placedAt', 'createdAt', 'updatedAt']).default('placedAt'),
	});

export const customerQuery = (largestTake: number) =>
	z.object({
		...page(largestTake),
		type: z.enum(['prospect', 'retail', 'b2b']).optional(),
		assigned_rep_id: uuid.optional(),
		tag: z.string().max(64).optional(),
		q: z.string().max(255).optional(),
		// Any text counts as true, even "false".
		include_deleted: z.string().optional(),
		sort_by: z.enum(['updatedAt', 'createdAt', 'lastOrderAt', 'totalSpent']).default('updatedAt'),
	});

/** Checks a body or query; throws a 422 Refusal with all problems at once (contract section 2). */
export function checked<Schema extends ZodTypeAny>(schema: Schema, value: unknown): Schema['_output'] {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const details = result.error.issues.map(({ path, message, code }) => ({
		path: path.join('.'),
		message,
		code,
	}));
	throw new SparxRefusal(422, 'Validation failed.', { details });
}

/** An id of a path; throws a 422 Refusal when it is no UUID. */
export const checkedId = (id: string): string => checked(z.object({ id: uuid }), { id }).id;
