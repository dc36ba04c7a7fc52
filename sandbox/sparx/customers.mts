import { emailClash } from './errors.mts';
import type { Customer } from './records.mts';
import type { CustomerFields, CustomerQuery } from './schemas.mts';
import { isLifecycle, switchesOf, type SparxSettings } from './settings.mts';
import { PRIMARY_SITE, type Tenant } from './tenant.mts';

const defaults = (settings: Readonly<SparxSettings>) => ({
	type: isLifecycle(settings) ? 'retail' : 'prospect',
	doNotContact: false,
	tags: [] as string[],
});

/**
 * In the older build a deleted customer keeps its email, and case matters. In the newer one an email is unique per
 * site; among customers without a site only living ones count.
 */
function refuseTakenEmail(
	tenant: Tenant,
	email: string | null,
	own: Customer,
	settings: Readonly<SparxSettings>,
) {
	if (!email) return;
	for (const customer of tenant.customers.values()) {
		if (customer.email !== email || customer.id === own.id) continue;
		if (!isLifecycle(settings)) throw emailClash(settings);
		const isOfSameSite = (customer.propertyId ?? null) === (own.propertyId ?? null);
		if (isOfSameSite && (own.propertyId || !customer.deletedAt)) throw emailClash(settings);
	}
}

/** `companyId` and `b2bAccountId` are one thing under two names; the newer build keeps it as `companyId`. */
function stored({ b2bAccountId, ...fields }: CustomerFields): Partial<Customer> {
	return b2bAccountId === undefined ? fields : { ...fields, companyId: b2bAccountId };
}

export function createCustomer(
	tenant: Tenant,
	fields: CustomerFields,
	settings: Readonly<SparxSettings>,
): Customer {
	const now = tenant.now();
	const customer: Customer = {
		id: tenant.uuid(),
		tenantId: tenant.id,
		authUserId: null,
		email: null,
		phone: null,
		firstName: null,
		lastName: null,
		company: null,
		jobTitle: null,
		companyId: null,
		assignedRepId: null,
		preferredContactMethod: null,
		gdprConsent: {},
		metadata: {},
		lifecycleStage: 'lead',
		leadStatus: null,
		propertyId: null,
		customProperties: {},
		...defaults(settings),
		...stored(fields),
		totalSpent: 0,
		orderCount: 0,
		firstOrderAt: null,
		lastOrderAt: null,
		mergedIntoCustomerId: null,
		createdAt: now,
		updatedAt: now,
		deletedAt: null,
	};
	refuseTakenEmail(tenant, customer.email, customer, settings);
	tenant.customers.set(customer.id, customer);
	return customer;
}

export function updateCustomer(
	tenant: Tenant,
	customer: Customer,
	fields: CustomerFields,
	settings: Readonly<SparxSettings>,
): Customer {
	refuseTakenEmail(tenant, fields.email ?? null, customer, settings);
	const reset = switchesOf(settings).partialUpdate === 'resets' ? defaults(settings) : {};
	const { customProperties, ...changes } = stored(fields);
	const merged = customProperties && {
		customProperties: { ...(customer.customProperties as object), ...(customProperties as object) },
	};
	return Object.assign(customer, reset, changes, merged, { updatedAt: tenant.now() });
}

export function deleteCustomer(tenant: Tenant, customer: Customer): void {
	customer.deletedAt = tenant.now();
}

/** `%` and `_` are wildcards, as in SQL. */
function likePattern(part: string): RegExp {
	const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(escaped.replace(/%/g, '.*').replace(/_/g, '.'), 'i');
}

/** Where each word has to be found: the older build takes the whole text as one. */
export function wordsOf(q: string, isWordByWord: boolean): RegExp[] {
	const words = isWordByWord ? q.split(/\s+/).filter(Boolean).slice(0, 6) : [q];
	return words.map(likePattern);
}

/** The type as a build shows it: the newer one has made prospects retail customers. */
export const shownType = ({ type }: Customer, settings: Readonly<SparxSettings>): string =>
	isLifecycle(settings) && type === 'prospect' ? 'retail' : type;

export function findCustomers(
	tenant: Tenant,
	query: CustomerQuery,
	settings: Readonly<SparxSettings>,
): Customer[] {
	const words = query.q === undefined ? [] : wordsOf(query.q, isLifecycle(settings));
	const site = query.property ?? PRIMARY_SITE;
	return [...tenant.customers.values()].filter((customer) => {
		if (customer.deletedAt && !query.include_deleted) return false;
		if (query.type && shownType(customer, settings) !== query.type) return false;
		if (query.tag && !customer.tags.includes(query.tag)) return false;
		if (query.assigned_rep_id && customer.assignedRepId !== query.assigned_rep_id) return false;
		if (query.b2b_account_id && customer.companyId !== query.b2b_account_id) return false;
		if (query.lifecycle_stage && customer.lifecycleStage !== query.lifecycle_stage) return false;
		if (query.lead_status && customer.leadStatus !== query.lead_status) return false;
		// Customers of other sites are not shown unless they are asked for.
		if (isLifecycle(settings) && site !== 'all' && customer.propertyId && customer.propertyId !== site)
			return false;
		const searched = [customer.email, customer.firstName, customer.lastName, customer.company];
		return words.every((word) => searched.some((value) => value !== null && word.test(String(value))));
	});
}
