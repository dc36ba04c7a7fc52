import type { z } from 'zod';
import { clash } from './errors.mts';
import type { Customer } from './records.mts';
import type { customerFields, customerQuery } from './schemas.mts';
import { switchesOf, type SparxSettings } from './settings.mts';
import type { Tenant } from './tenant.mts';

type Fields = z.output<typeof customerFields>;

const defaults = () => ({ type: 'prospect', doNotContact: false, tags: [] as string[] });

// Case matters, and a deleted customer keeps its email (contract 3.5).
function refuseTakenEmail(
	tenant: Tenant,
	email: string | null | undefined,
	own: string,
	settings: Readonly<SparxSettings>,
) {
	if (!email) return;
	for (const customer of tenant.customers.values()) {
		if (customer.email === email && customer.id !== own) throw clash('The email', settings);
	}
}

export function createCustomer(tenant: Tenant, fields: Fields, settings: Readonly<SparxSettings>): Customer {
	const id = tenant.uuid();
	refuseTakenEmail(tenant, fields.email, id, settings);
	const now = tenant.now();
	const customer: Customer = {
		id,
		tenantId: tenant.id,
		authUserId: null,
		email: null,
		phone: null,
		firstName: null,
		lastName: null,
		company: null,
		jobTitle: null,
		b2bAccountId: null,
		assignedRepId: null,
		preferredContactMethod: null,
		gdprConsent: false,
		metadata: {},
		...defaults(),
		...fields,
		totalSpent: 0,
		orderCount: 0,
		firstOrderAt: null,
		lastOrderAt: null,
		mergedIntoCustomerId: null,
		createdAt: now,
		updatedAt: now,
		deletedAt: null,
	};
	tenant.customers.set(id, customer);
	return customer;
}

export function updateCustomer(
	tenant: Tenant,
	customer: Customer,
	fields: Fields,
	settings: Readonly<SparxSettings>,
): Customer {
	refuseTakenEmail(tenant, fields.email, customer.id, settings);
	const reset = switchesOf(settings).partialUpdate === 'resets' ? defaults() : {};
	return Object.assign(customer, reset, fields, { updatedAt: tenant.now() });
}

export function deleteCustomer(tenant: Tenant, customer: Customer): void {
	customer.deletedAt = tenant.now();
}

/** `%` and `_` are wildcards, as in SQL. */
function likePattern(part: string): RegExp {
	const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(escaped.replace(/%/g, '.*').replace(/_/g, '.'), 'i');
}

type Query = z.output<ReturnType<typeof customerQuery>>;

export function findCustomers(
	tenant: Tenant,
	{ q, type, tag, assigned_rep_id, include_deleted }: Query,
): Customer[] {
	const pattern = q === undefined ? undefined : likePattern(q);
	return [...tenant.customers.values()].filter((customer) => {
		if (customer.deletedAt && include_deleted === undefined) return false;
		if (type && customer.type !== type) return false;
		if (tag && !customer.tags.includes(tag)) return false;
		if (assigned_rep_id && customer.assignedRepId !== assigned_rep_id) return false;
		const searched = [customer.email, customer.firstName, customer.lastName, customer.company];
		return !pattern || searched.some((value) => value !== null && pattern.test(value));
	});
}
