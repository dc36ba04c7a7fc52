import { jsonAnswer } from '../http/answer.mts';
import type { VendorRequest } from '../vendor.mts';
import { addRecord, changeRecord, holds, listAnswer } from './crmRoutes.mts';
import * as crm from './crmSchemas.mts';
import { duplicatesAmong } from './duplicates.mts';
import { SparxRefusal } from './errors.mts';
import { printCustomer } from './print.mts';
import type { Customer } from './records.mts';
import { success, type SparxRoute } from './route.mts';
import { checked, checkedId } from './schemas.mts';
import { isNewer } from './settings.mts';
import type { SparxState } from './state.mts';
import { missing, type Tenant } from './tenant.mts';

/** Staff whom customers, deals and tasks can be given to. */
export const staff = [
	{
		id: 'c0000000-0000-4000-8000-000000000001',
		name: 'Olive Owner',
		email: 'olive@acme.example',
		role: 'owner',
	},
	{
		id: 'c0000000-0000-4000-8000-000000000002',
		name: 'Eddie Editor',
		email: 'eddie@acme.example',
		role: 'editor',
	},
];

/** The lists that every tenant has: one by hand (the newer build only), one by rules. */
export const lists = [
	{
		id: 'd0000000-0000-4000-8000-000000000001',
		name: 'Call back',
		slug: 'call-back',
		kind: 'static',
		isBuiltIn: false,
	},
	{
		id: 'd0000000-0000-4000-8000-000000000002',
		name: 'Big spenders',
		slug: 'big-spenders',
		kind: 'dynamic',
		isBuiltIn: true,
	},
];

interface Entry {
	listId: string;
	customerId: string;
	enteredAt: string;
}

const living = (tenant: Tenant, ids: string[]): Customer[] =>
	[...new Set(ids)]
		.map((id) => tenant.customers.get(id))
		.filter((customer): customer is Customer => customer !== undefined && !customer.deletedAt);

/** Puts customers on a list; gives how many were not on it. */
export function addMembers(tenant: Tenant, listId: string, ids: string[]): number {
	const members = tenant.all(`members of ${listId}`);
	const fresh = ids.filter((id) => !members.has(id));
	for (const customerId of fresh) {
		const enteredAt = tenant.now();
		members.set(customerId, {
			id: customerId,
			customerId,
			enteredAt,
			createdAt: enteredAt,
			updatedAt: enteredAt,
		});
		addRecord(tenant, `history of ${listId}`, { customerId, kind: 'entered', occurredAt: enteredAt });
	}
	return fresh.length;
}

/** Takes customers off a list; gives how many were on it. */
export function removeMembers(tenant: Tenant, listId: string, ids: string[]): number {
	const members = tenant.all(`members of ${listId}`);
	return ids.filter((id) => members.delete(id)).length;
}

function bulkRoutes({ context: { statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'POST',
			path: '/crm/customers/bulk-tag',
			handle: (tenant, { body }) => {
				const { customerIds, addTags = [], removeTags = [] } = checked(crm.bulkTag, body);
				statistics.countWrite('bulkTag', String(customerIds.length));
				const changed = living(tenant, customerIds).filter((customer) => {
					const kept = customer.tags.filter((tag) => !removeTags.includes(tag));
					const after = [...new Set([...kept, ...addTags])];
					if (after.join() === customer.tags.join()) return false;
					Object.assign(customer, { tags: after, updatedAt: tenant.now() });
					return true;
				});
				return success(200, { updatedCount: changed.length });
			},
		},
		{
			method: 'POST',
			path: '/crm/customers/bulk-assign',
			handle: (tenant, { body }) => {
				const { customerIds, assignedRepId } = checked(crm.bulkAssign, body);
				statistics.countWrite('bulkAssign', String(customerIds.length));
				const changed = living(tenant, customerIds).filter(
					(customer) => customer.assignedRepId !== assignedRepId,
				);
				changed.forEach((customer) => Object.assign(customer, { assignedRepId, updatedAt: tenant.now() }));
				return success(200, { updatedCount: changed.length });
			},
		},
	];
}

function segmentRoutes({ context: { settings } }: SparxState): SparxRoute[] {
	const shown = () => (isNewer(settings) ? lists : lists.filter(({ kind }) => kind === 'dynamic'));
	const one = ({ params }: VendorRequest) => {
		const id = checkedId(params.id);
		return shown().find((list) => list.id === id) ?? missing('Segment', id);
	};
	const byHand = (asked: VendorRequest) => {
		const list = one(asked);
		if (list.kind === 'static') return list;
		throw new SparxRefusal(422, 'Members of a list by rules cannot be set.', { details: [] });
	};
	const members = (tenant: Tenant, listId: string) => [...tenant.all(`members of ${listId}`).values()];
	return [
		{
			method: 'GET',
			path: '/crm/segments',
			handle: (tenant, { query }) => {
				const hits = shown().filter(
					({ name }) => !isNewer(settings) || holds(name, query.q as string | undefined),
				);
				return listAnswer(hits as never, query, settings, ({ kind, ...list }) => ({
					...list,
					...(isNewer(settings) && { kind }),
					_count: { members: members(tenant, list.id).length },
				}));
			},
		},
		{
			method: 'GET',
			path: '/crm/segments/:id/members',
			handle: (tenant, asked) => {
				const { limit, offset } = checked(crm.memberQuery, asked.query);
				const { id } = one(asked);
				const all = members(tenant, id).reverse();
				const data = all.slice(offset, offset + limit).map((entry) => {
					const { customerId, enteredAt } = entry as unknown as Entry;
					const customer = tenant.customers.get(customerId) as Customer;
					return {
						segmentId: id,
						customerId,
						enteredAt,
						score: null,
						customer: printCustomer(customer, settings),
					};
				});
				return jsonAnswer(200, { success: true, data, meta: { total: all.length, per_page: limit } });
			},
		},
		{
			method: 'POST',
			path: '/crm/segments/:id/members',
			exists: isNewer,
			handle: (tenant, asked) => {
				const { id } = byHand(asked);
				const known = living(tenant, checked(crm.listMembers, asked.body).customerIds);
				const added = addMembers(
					tenant,
					id,
					known.map((customer) => customer.id),
				);
				return success(200, { added, alreadyOn: known.length - added });
			},
		},
		{
			method: 'POST',
			path: '/crm/segments/:id/members/remove',
			exists: isNewer,
			handle: (tenant, asked) => {
				const { id } = byHand(asked);
				const removed = removeMembers(tenant, id, checked(crm.listMembers, asked.body).customerIds);
				return success(200, { removed });
			},
		},
	];
}

function addressRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const kind = 'CustomerAddress';
	const path = '/crm/customers/:id/addresses';
	const own = (tenant: Tenant, customerId: string) =>
		[...tenant.all(kind).values()].filter((record) => record.customerId === customerId && !record.deletedAt);
	const one = (tenant: Tenant, { params }: VendorRequest) => {
		const customer = tenant.customer(checkedId(params.id));
		const addressId = checkedId(params.partId);
		return own(tenant, customer.id).find(({ id }) => id === addressId) ?? missing(kind, addressId);
	};
	const makeDefault = (tenant: Tenant, address: { id: string; customerId?: unknown }) =>
		own(tenant, String(address.customerId)).forEach((other) => (other.isDefault = other.id === address.id));
	return [
		{
			method: 'GET',
			path,
			exists: isNewer,
			handle: (tenant, { params }) => {
				const all = own(tenant, tenant.customer(checkedId(params.id)).id);
				const sorted = all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
				return jsonAnswer(200, { success: true, data: sorted, meta: { total: sorted.length } });
			},
		},
		{
			method: 'POST',
			path,
			exists: isNewer,
			handle: (tenant, { params, body }) => {
				const customer = tenant.customer(checkedId(params.id));
				const fields = checked(crm.savedAddress, body);
				const made = addRecord(tenant, kind, { isDefault: false, ...fields, customerId: customer.id });
				if (fields.isDefault) makeDefault(tenant, made);
				statistics.countWrite('address', customer.id);
				return success(201, made);
			},
		},
		{
			method: 'PATCH',
			path: `${path}/:partId`,
			exists: isNewer,
			handle: (tenant, asked) => {
				const changes = checked(crm.savedAddress.partial(), asked.body);
				const address = changeRecord(tenant, one(tenant, asked), changes, {}, settings);
				if (changes.isDefault) makeDefault(tenant, address);
				return success(200, address);
			},
		},
		{
			method: 'DELETE',
			path: `${path}/:partId`,
			exists: isNewer,
			handle: (tenant, asked) => {
				const address = one(tenant, asked);
				address.deletedAt = tenant.now();
				return success(200, { id: address.id });
			},
		},
	];
}

/** Lists of customers, what is done to many at once, their addresses, staff, and customers that look the same. */
export function listRoutes(state: SparxState): SparxRoute[] {
	const { settings } = state.context;
	return [
		...bulkRoutes(state),
		...segmentRoutes(state),
		...addressRoutes(state),
		{ method: 'GET', path: '/users', handle: () => success(200, staff) },
		{
			method: 'GET',
			path: '/crm/customers/duplicates',
			role: () => 'editor',
			handle: (tenant) => {
				const found = duplicatesAmong([...tenant.customers.values()]);
				const shown = found.map(({ customers, ...group }) => ({
					...group,
					customers: customers.map((customer) => printCustomer(customer, settings)),
				}));
				return success(200, shown);
			},
		},
	];
}
