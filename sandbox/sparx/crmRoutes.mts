import type { Answer } from '../http/answer.mts';
import type { VendorRequest } from '../vendor.mts';
import * as crm from './crmSchemas.mts';
import { dealRoutes } from './dealRoutes.mts';
import { SparxRefusal } from './errors.mts';
import { listRoutes } from './listRoutes.mts';
import { printRecord } from './print.mts';
import type { CrmRecord } from './records.mts';
import { pageAnswer, success, type SparxRoute } from './route.mts';
import { checked, checkedId } from './schemas.mts';
import { isNewer, switchesOf, type SparxSettings } from './settings.mts';
import type { SparxState } from './state.mts';
import type { Tenant } from './tenant.mts';

/** Stores a new record of a kind. */
export function addRecord(tenant: Tenant, kind: string, fields: object): CrmRecord {
	const now = tenant.now();
	const record = { id: tenant.uuid(), tenantId: tenant.id, ...fields, createdAt: now, updatedAt: now };
	tenant.all(kind).set(record.id, record);
	return record;
}

/** Changes a record; where the build resets what was not sent, its defaults come first. */
export function changeRecord(
	tenant: Tenant,
	record: CrmRecord,
	changes: object,
	defaults: object,
	settings: Readonly<SparxSettings>,
): CrmRecord {
	const reset = switchesOf(settings).partialUpdate === 'resets' ? defaults : {};
	return Object.assign(record, reset, changes, { updatedAt: tenant.now() });
}

/** The living records of a kind, last updated first, that match all the given values. */
export function matching(tenant: Tenant, kind: string, wanted: Record<string, unknown>): CrmRecord[] {
	const asked = Object.entries(wanted).filter(([, value]) => value !== undefined);
	const found = [...tenant.all(kind).values()].filter(
		(record) => !record.deletedAt && asked.every(([field, value]) => record[field] === value),
	);
	return found
		.reverse()
		.sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : one.updatedAt > other.updatedAt ? -1 : 0));
}

/** Whether a text holds what is searched for, in any case; anything does where nothing is. */
export const holds = (text: unknown, q: string | undefined): boolean =>
	q === undefined || String(text).toLowerCase().includes(q.toLowerCase());

/** The list of a kind in the newer build; in the older one the whole array without `meta`. */
export function listAnswer(
	records: CrmRecord[],
	query: VendorRequest['query'],
	settings: Readonly<SparxSettings>,
	print: (record: CrmRecord) => unknown = (record) => printRecord(record, settings),
): Answer {
	if (isNewer(settings))
		return pageAnswer(records, checked(crm.listQuery(settings.largestTake), query), print);
	return success(200, records.map(print));
}

function companyRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const kind = 'Company';
	const print = (record: CrmRecord) => printRecord(record, settings);
	const one = (tenant: Tenant, { params }: VendorRequest) => tenant.one(kind, checkedId(params.id));
	const below = (root: string, exists?: SparxRoute['exists']): SparxRoute[] => [
		{
			method: 'GET',
			path: root,
			exists,
			handle: (tenant, { query }) => {
				const asked = checked(crm.listQuery(settings.largestTake), query);
				const found = matching(tenant, kind, { status: asked.status, assignedRepId: asked.assigned_rep_id });
				const hits = found.filter(
					({ companyName, domains }) =>
						holds(companyName, asked.q) &&
						(!isNewer(settings) ||
							!asked.domain ||
							((domains as string[]) ?? []).includes(String(asked.domain))),
				);
				const customers = [...tenant.customers.values()];
				return pageAnswer(hits, asked, (record) => ({
					...print(record),
					_count: { customers: customers.filter(({ companyId }) => companyId === record.id).length },
				}));
			},
		},
		{
			method: 'POST',
			path: root,
			exists,
			handle: (tenant, { body }) => {
				const fields = checked(crm.company(settings), body);
				const made = addRecord(tenant, kind, {
					creditUsed: 0,
					...crm.companyDefaults(),
					...crm.companyExtras(settings),
					...fields,
				});
				statistics.countWrite('company', String(made.companyName));
				return success(201, print(made));
			},
		},
		{
			method: 'GET',
			path: `${root}/:id`,
			exists,
			handle: (tenant, asked) => success(200, print(one(tenant, asked))),
		},
		{
			method: 'PATCH',
			path: `${root}/:id`,
			exists,
			handle: (tenant, asked) => {
				const changes = checked(crm.company(settings).partial(), asked.body);
				const record = one(tenant, asked);
				return success(200, print(changeRecord(tenant, record, changes, crm.companyDefaults(), settings)));
			},
		},
		{
			method: 'DELETE',
			path: `${root}/:id`,
			exists,
			role: () => 'admin',
			handle: (tenant, asked) => {
				one(tenant, asked).deletedAt = tenant.now();
				return success(200, {});
			},
		},
		{
			method: 'GET',
			path: `${root}/match-domain`,
			exists: isNewer,
			handle: (tenant, { query }) => {
				const [, domain = ''] = String(query.email ?? '')
					.toLowerCase()
					.split('@');
				if (!domain) return success(200, { company: null, domain: null, reason: 'no-domain' });
				if (['gmail.com', 'outlook.com', 'yahoo.com'].includes(domain))
					return success(200, { company: null, domain, reason: 'public-domain' });
				const match = matching(tenant, kind, {}).find(({ domains }) =>
					((domains as string[]) ?? []).includes(domain),
				);
				return success(
					200,
					match ? { company: print(match), domain } : { company: null, domain, reason: 'no-match' },
				);
			},
		},
	];
	return [...below('/crm/b2b-accounts'), ...below('/crm/companies', isNewer)];
}

function taskRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	const kind = 'Task';
	const one = (tenant: Tenant, { params }: VendorRequest) => tenant.one(kind, checkedId(params.id));
	const refer = (
		tenant: Tenant,
		{ customerId, dealId }: { customerId?: string | null; dealId?: string | null },
	) => {
		if (customerId) tenant.customer(customerId);
		if (dealId) tenant.one('Deal', dealId);
	};
	return [
		{
			method: 'GET',
			path: '/crm/tasks',
			handle: (tenant, { query }) => {
				const asked = checked(crm.listQuery(settings.largestTake), query);
				const found = matching(tenant, kind, {
					assignedToUserId: asked.assigned_to_user_id,
					customerId: asked.customer_id,
					dealId: asked.deal_id,
					status: asked.status,
				}).filter(({ dueAt }) => !asked.due_before || (dueAt && String(dueAt) < String(asked.due_before)));
				if (!isNewer(settings)) return success(200, found.slice(0, asked.take));
				return pageAnswer(
					found.filter(({ title }) => holds(title, asked.q)),
					asked,
					(record) => record,
				);
			},
		},
		{
			method: 'POST',
			path: '/crm/tasks',
			handle: (tenant, { body }) => {
				const fields = checked(crm.task, body);
				refer(tenant, fields);
				const made = addRecord(tenant, kind, {
					priority: 'medium',
					...fields,
					status: 'open',
					completedAt: null,
				});
				statistics.countWrite('task', fields.title);
				return success(201, made);
			},
		},
		{ method: 'GET', path: '/crm/tasks/:id', handle: (tenant, asked) => success(200, one(tenant, asked)) },
		{
			method: 'PATCH',
			path: '/crm/tasks/:id',
			handle: (tenant, asked) => {
				const changes = checked(crm.taskUpdate, asked.body);
				refer(tenant, changes);
				return success(
					200,
					changeRecord(tenant, one(tenant, asked), changes, { priority: 'medium' }, settings),
				);
			},
		},
		{
			method: 'POST',
			path: '/crm/tasks/:id/complete',
			handle: (tenant, asked) => {
				checked(crm.taskUpdate, asked.body);
				const record = one(tenant, asked);
				if (record.status === 'completed') return success(200, record);
				const done = { status: 'completed', completedAt: tenant.now() };
				return success(200, Object.assign(record, done, { updatedAt: tenant.now() }));
			},
		},
	];
}

function activityRoutes({ context: { settings, statistics } }: SparxState): SparxRoute[] {
	return [
		{
			method: 'POST',
			path: '/crm/activities',
			handle: (tenant, { body }) => {
				const { b2bAccountId, companyId, ...fields } = checked(crm.activity, body);
				const company = isNewer(settings) ? companyId : b2bAccountId;
				if (fields.customerId) tenant.customer(fields.customerId);
				if (fields.dealId) tenant.one('Deal', fields.dealId);
				if (company) tenant.one('Company', company);
				if (!fields.customerId && !fields.dealId && !company)
					throw new SparxRefusal(422, 'A subject is required.', { details: [] });
				const made = addRecord(tenant, 'Activity', { ...fields, companyId: company ?? null });
				statistics.countWrite('activity', made.id);
				return success(201, made);
			},
		},
		{
			method: 'GET',
			path: '/crm/activities',
			// No take, no skip, no meta: the newest 50, or in the newer build as many as `limit` says.
			handle: (tenant, { query }) => {
				const newest = [...tenant.all('Activity').values()].reverse();
				if (!isNewer(settings)) return success(200, newest.slice(0, 50));
				const own = newest.filter(({ customerId }) => !query.customer_id || customerId === query.customer_id);
				return success(200, own.slice(0, Math.min(500, Number(query.limit ?? 50))));
			},
		},
	];
}

/** A content list is read by cursor, 50 entries at once, and says no total. */
function contentRoutes(): SparxRoute[] {
	return [
		{
			method: 'GET',
			path: '/content/entries',
			handle: (tenant, { query }) => {
				const size = Math.min(250, Number(query.limit ?? 50));
				const start = Number(query.cursor ?? 0);
				const all = [...tenant.all('Entry').values()];
				const isMore = start + size < all.length;
				const answer = success(200, all.slice(start, start + size));
				const body = JSON.parse(String(answer.body)) as object;
				const meta = { per_page: size, next_cursor: isMore ? String(start + size) : null };
				return { ...answer, body: JSON.stringify({ ...body, meta }) };
			},
		},
	];
}

/** What the CRM has beside orders and customers (docs/vendors/sparx.md, Companies to Lists). */
export function crmRoutes(state: SparxState): SparxRoute[] {
	return [
		...companyRoutes(state),
		...dealRoutes(state),
		...taskRoutes(state),
		...activityRoutes(state),
		...listRoutes(state),
		...contentRoutes(),
	];
}
