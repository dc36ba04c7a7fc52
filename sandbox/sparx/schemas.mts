import { z, type ZodTypeAny } from 'zod';
import { SparxRefusal } from './errors.mts';
import { isLifecycle, isNewer, switchesOf, type SparxSettings } from './settings.mts';

export const uuid = z.string().uuid();
export const note = z.string().max(10_000);
export const money = z
	.number()
	.nonnegative()
	.refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'at most 2 decimals');
export const metadata = z.record(z.unknown());
export const currency = z.string().regex(/^[A-Z]{3}$/);
export const dateTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/);
export const shortText = z.string().max(255);

export const address = z.object({
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
	discountTotal: money.optional(),
	taxTotal: money.optional(),
	shippingAddress: address.optional(),
	billingAddress: address.optional(),
	customerNote: note.optional(),
	internalNote: note.optional(),
	orderNumber: z.string().min(1).max(63).optional(),
	placedAt: dateTime.optional(),
	metadata: metadata.default({}),
});

export const orderUpdate = z.object({
	customerNote: note.nullish(),
	internalNote: note.nullish(),
	shippingAddress: address.nullish(),
	billingAddress: address.nullish(),
	metadata: metadata.optional(),
});

export const reason = z.object({ reason: z.string().max(500).optional() }).default({});

const fulfillmentStatus = z.enum(['pending', 'shipped', 'delivered', 'failed', 'cancelled']);
const tracking = {
	trackingNumber: shortText.optional(),
	trackingUrl: z.string().url().optional(),
	shippedAt: dateTime.optional(),
	notes: note.optional(),
	metadata: metadata.optional(),
};
const line = z.object({ orderItemId: uuid, quantity: z.number().int().positive() });

export const fulfillmentCreate = z.object({
	lines: z.array(line).min(1),
	status: fulfillmentStatus.default('pending'),
	carrier: z.enum(['ups', 'usps', 'fedex', 'dhl', 'digital', 'dropship', 'pickup', 'other']).optional(),
	carrierOther: shortText.optional(),
	service: shortText.optional(),
	...tracking,
});
/** Carrier and service are dropped with 200. */
export const fulfillmentUpdate = (settings: Readonly<SparxSettings>) =>
	z.object({
		status: fulfillmentStatus.optional(),
		deliveredAt: dateTime.optional(),
		...tracking,
		...(isNewer(settings) && {
			trackingNumber: shortText.nullish(),
			trackingUrl: z.string().url().nullish(),
			notes: note.nullish(),
		}),
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
	amount: money.optional(),
	paymentId: uuid.optional(),
	currency: currency.optional(),
	reason: shortText.optional(),
	processorRef: shortText.optional(),
	lines: z.array(line.extend({ amount: money })).optional(),
	metadata: metadata.optional(),
});

const customerBase = {
	phone: z.string().max(50).nullish(),
	firstName: shortText.nullish(),
	lastName: shortText.nullish(),
	company: shortText.nullish(),
	jobTitle: shortText.nullish(),
	assignedRepId: uuid.nullish(),
	preferredContactMethod: z.enum(['email', 'phone', 'sms']).nullish(),
	doNotContact: z.boolean().optional(),
	gdprConsent: z
		.object({
			grantedAt: dateTime.optional(),
			source: z.enum(['signup', 'checkout', 'import', 'admin', 'api']).optional(),
			scope: z.array(z.enum(['marketing', 'transactional', 'profiling'])).optional(),
			ipAddress: z.string().max(64).optional(),
		})
		.optional(),
	metadata: metadata.optional(),
};
const emailText = z.string().regex(/^[^\s@%]+@[^\s@%]+$/);

export const lifecycleStages = [
	'subscriber',
	'lead',
	'marketing_qualified_lead',
	'sales_qualified_lead',
	'opportunity',
	'customer',
	'evangelist',
	'other',
] as const;
export const leadStatuses = [
	'new',
	'open',
	'in_progress',
	'open_deal',
	'unqualified',
	'attempted_to_contact',
	'connected',
	'bad_timing',
] as const;

/** What a customer may be given where `type` says what it is. Emails are kept as typed. */
export const olderCustomerFields = z.object({
	...customerBase,
	type: z.enum(['prospect', 'retail', 'b2b']).optional(),
	email: emailText.nullish(),
	b2bAccountId: uuid.nullish(),
	tags: z
		.array(z.string().regex(/^[A-Za-z0-9_-]{1,63}$/))
		.max(50)
		.optional(),
});

/** The same where lifecycle stage and lead status do. Emails are trimmed and lower-cased; `b2bAccountId` is dropped. */
export const newerCustomerFields = z.object({
	...customerBase,
	type: z.enum(['retail', 'b2b', 'partner', 'vendor']).optional(),
	lifecycleStage: z.enum(lifecycleStages).optional(),
	leadStatus: z.enum(leadStatuses).nullish(),
	email: z.string().trim().toLowerCase().pipe(emailText).nullish(),
	companyId: uuid.nullish(),
	propertyId: uuid.nullish(),
	customProperties: z.record(z.unknown()).optional(),
	tags: z
		.array(
			z
				.string()
				.trim()
				.regex(/^[^,\p{Cc}]{1,63}$/u),
		)
		.max(50)
		.optional(),
});

export type CustomerFields = z.output<typeof olderCustomerFields> & z.output<typeof newerCustomerFields>;

export const customerFields = (settings: Readonly<SparxSettings>) =>
	(isLifecycle(settings) ? newerCustomerFields : olderCustomerFields) as unknown as z.ZodType<CustomerFields>;

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

/** Only the newer build can be asked for these. */
export const inventoryEventNames = [
	'inventory.adjusted',
	'inventory.low',
	'inventory.depleted',
	'inventory.count.completed',
	'inventory.reconciliation.drift',
	'inventory.oversell.blocked',
	'inventory.classification.changed',
	'inventory.lot.expiring',
	'inventory.bin.moved',
	'inventory.pick_list.created',
	'inventory.pick_list.completed',
	'inventory.pick.short',
	'inventory.package.packed',
	'inventory.transfer.shipped',
	'inventory.transfer.received',
	'inventory.assembly.completed',
	'inventory.purchase_order.late',
	'inventory.backorder.created',
	'inventory.backorder.allocated',
	'inventory.source.created',
	'inventory.source.sync_started',
	'inventory.source.sync_completed',
	'inventory.source.error',
	'inventory.source.stale',
	'inventory.source.recovered',
] as const;

/** One unknown event refuses the whole subscription. */
export function subscriptionCreate(settings: Readonly<SparxSettings>) {
	const names: string[] = isNewer(settings) ? [...eventNames, ...inventoryEventNames] : [...eventNames];
	return z.object({
		name: z.string().min(1).max(120),
		url: z.string().url().max(2048),
		events: z
			.array(z.string().refine((name) => names.includes(name), `must be one of ${names.join(', ')}`))
			.min(1),
		active: z.boolean().default(true),
	});
}
export const subscriptionUpdate = (settings: Readonly<SparxSettings>) =>
	subscriptionCreate(settings).partial();

export const page = (largestTake: number) => ({
	take: z.coerce.number().int().min(1).max(largestTake).default(50),
	skip: z.coerce.number().int().min(0).default(0),
});

const orderStatus = z.enum(['placed', 'fulfilled', 'delivered', 'cancelled', 'refunded']);

/** Keys that a build does not know are ignored, and all rows are given. */
export const orderQuery = ({ largestTake, ...settings }: Readonly<SparxSettings>) =>
	switchesOf({ largestTake, ...settings }).orderSearch
		? z.object({
				...page(largestTake),
				customer_id: uuid.optional(),
				status: orderStatus.optional(),
				payment_status: z.enum(['unpaid', 'partially_paid', 'paid', 'refunded']).optional(),
				q: z.string().max(255).optional(),
				sort_by: z.enum(['placedAt', 'createdAt', 'updatedAt', 'total']).default('placedAt'),
				order: z.enum(['asc', 'desc']).default('desc'),
			})
		: z.object({
				...page(largestTake),
				customer_id: uuid.optional(),
				status: orderStatus.optional(),
				payment_status: z.undefined().catch(undefined),
				q: z.undefined().catch(undefined),
				sort_by: z.enum(['placedAt', 'createdAt', 'updatedAt']).default('placedAt'),
				order: z.literal('desc').catch('desc').default('desc'),
			});

const customerQueryBase = (largestTake: number) => ({
	...page(largestTake),
	assigned_rep_id: uuid.optional(),
	b2b_account_id: uuid.optional(),
	tag: z.string().max(64).optional(),
	q: z.string().max(255).optional(),
});

const olderCustomerQuery = (largestTake: number) =>
	z.object({
		...customerQueryBase(largestTake),
		type: z.enum(['prospect', 'retail', 'b2b']).optional(),
		// Any text counts as true, even "false".
		include_deleted: z
			.string()
			.transform(() => true)
			.optional(),
		sort_by: z.enum(['updatedAt', 'createdAt', 'lastOrderAt', 'totalSpent']).default('updatedAt'),
	});

const newerCustomerQuery = (largestTake: number) =>
	z.object({
		...customerQueryBase(largestTake),
		type: z.enum(['retail', 'b2b', 'partner', 'vendor']).optional(),
		lifecycle_stage: z.enum(lifecycleStages).optional(),
		lead_status: z.enum(leadStatuses).optional(),
		property: z.union([uuid, z.literal('all')]).optional(),
		include_deleted: z
			.enum(['true', 'false'])
			.transform((text) => text === 'true')
			.optional(),
		sort_by: z
			.enum(['updatedAt', 'createdAt', 'lastOrderAt', 'totalSpent', 'score', 'totalOrdered'])
			.default('updatedAt'),
	});

export type CustomerQuery = z.output<ReturnType<typeof newerCustomerQuery>> & {
	type?: string;
	sort_by: string;
};

export const customerQuery = (settings: Readonly<SparxSettings>) =>
	(isLifecycle(settings)
		? newerCustomerQuery(settings.largestTake)
		: olderCustomerQuery(settings.largestTake)) as unknown as z.ZodType<CustomerQuery>;

/** Checks a body or query; throws a 422 Refusal with all problems at once (docs/vendors/sparx.md, Errors). */
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
