import { z } from 'zod';
import { page, address, currency, dateTime, metadata, note, shortText, uuid } from './schemas.mts';
import { isNewer, type SparxSettings } from './settings.mts';

const tags = z.array(z.string().min(1).max(63)).max(50);

const domain = z
	.string()
	.trim()
	.toLowerCase()
	.transform((text) =>
		text
			.replace(/^https?:\/\//, '')
			.replace(/^www\./, '')
			.replace(/^.*@/, '')
			.replace(/\/.*$/, ''),
	)
	.refine((text) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text), 'not a domain');

/** Of the older build: these five; of the newer one: prepay, or net and 1 to 365 days. */
function paymentTerms(settings: Readonly<SparxSettings>) {
	const older = ['prepay', 'net15', 'net30', 'net60', 'net90'];
	const days = (text: string) => Number(/^net(\d{1,3})$/.exec(text)?.[1] ?? 0);
	return z.string().refine((text) => {
		if (!isNewer(settings)) return older.includes(text);
		return text === 'prepay' || (days(text) >= 1 && days(text) <= 365);
	}, 'not a payment term');
}

export const company = (settings: Readonly<SparxSettings>) =>
	z.object({
		companyName: z.string().min(1).max(255),
		taxId: z.string().max(64).nullish(),
		website: z.string().url().nullish(),
		...(isNewer(settings) && { domains: z.array(domain).max(20).optional() }),
		creditLimit: z.number().nonnegative().optional(),
		paymentTerms: paymentTerms(settings).optional(),
		discountPercent: z.number().min(0).max(100).optional(),
		status: z.enum(['active', 'credit_hold', 'suspended', 'inactive']).optional(),
		assignedRepId: uuid.nullish(),
		fleetSize: z.number().int().nonnegative().optional(),
		notes: note.nullish(),
		tags: tags.optional(),
		...(isNewer(settings) && { customProperties: z.record(z.unknown()).optional() }),
	});

export const companyDefaults = () => ({ status: 'active', tags: [], creditLimit: 0, discountPercent: 0 });
/** What a company of a build has besides, if nothing is said. */
export const companyExtras = (settings: Readonly<SparxSettings>) =>
	isNewer(settings) ? { domains: [], customProperties: {} } : {};

/** The company's key differs with the build; the other one is dropped. */
export const deal = (settings: Readonly<SparxSettings>) =>
	z.object({
		pipelineId: uuid,
		stageId: uuid,
		title: z.string().min(1).max(255),
		customerId: uuid.nullish(),
		[isNewer(settings) ? 'companyId' : 'b2bAccountId']: uuid.nullish(),
		assignedRepId: uuid.nullish(),
		value: z.number().nonnegative().optional(),
		currency: currency.optional(),
		probability: z.number().min(0).max(100).optional(),
		expectedCloseDate: z
			.string()
			.regex(/^\d{4}-\d\d-\d\d$/)
			.nullish(),
		source: z.string().max(63).nullish(),
		tags: tags.optional(),
		metadata: metadata.optional(),
		...(isNewer(settings) && { customProperties: z.record(z.unknown()).optional() }),
		closedReason: z.string().max(500).nullish(),
	});

export const dealDefaults = () => ({ value: 0, currency: 'USD', probability: 0, tags: [] });

export const moveStage = z.object({ toStageId: uuid, closedReason: z.string().max(500).optional() });
export const attachOrder = z.object({ order_id: uuid });

export const task = z.object({
	title: z.string().min(1).max(255),
	assignedToUserId: uuid,
	description: note.nullish(),
	dueAt: dateTime.nullish(),
	priority: z.enum(['low', 'medium', 'high', 'urgent']).optional(),
	customerId: uuid.nullish(),
	dealId: uuid.nullish(),
});
export const taskUpdate = task
	.partial()
	.extend({ status: z.enum(['open', 'completed', 'cancelled']).optional() });

export const activity = z
	.object({
		type: z.string().min(1),
		actorType: z.enum(['api', 'user', 'system']),
		description: note.optional(),
		customerId: uuid.optional(),
		dealId: uuid.optional(),
		companyId: uuid.optional(),
		b2bAccountId: uuid.optional(),
		occurredAt: dateTime.optional(),
		metadata: metadata.optional(),
	})
	.refine(
		({ customerId, dealId, companyId, b2bAccountId }) => customerId ?? dealId ?? companyId ?? b2bAccountId,
		'one of customerId, dealId and companyId is required',
	);

export const savedAddress = address.extend({
	type: z.enum(['shipping', 'billing', 'both']),
	label: z.string().max(120).nullish(),
	isDefault: z.boolean().optional(),
	recipientName: shortText.nullish(),
	company: shortText.nullish(),
	line2: shortText.nullish(),
	region: shortText.nullish(),
	postalCode: z.string().max(32).nullish(),
	phone: z.string().max(50).nullish(),
});

const ids = (most: number) => z.array(uuid).min(1).max(most);
export const bulkTag = z.object({
	customerIds: ids(500),
	addTags: tags.optional(),
	removeTags: tags.optional(),
});
export const bulkAssign = z.object({ customerIds: ids(500), assignedRepId: uuid.nullable() });
export const listMembers = z.object({ customerIds: ids(1000) });

export const listQuery = (largestTake: number) =>
	z.object({ ...page(largestTake), q: z.string().max(255).optional() }).passthrough();
export const memberQuery = z.object({
	limit: z.coerce.number().int().min(1).max(1000).default(100),
	offset: z.coerce.number().int().min(0).default(0),
});
