import { UserError, type IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import type { Send } from '../../../shared/transport/transport';
import { recordIn, recordsIn } from '../../answer';
import { refuseDropped } from '../../builds';
import { statusOf } from '../../errors';
import { pagesOf, sortedPagesOf } from '../../lists';
import { onlyNewerFields, toApiFields } from './apiFields';

export const CUSTOMERS = ['crm', 'customers'];

/** Build B shows the customers of one site unless it is asked for all; build A has no sites and ignores it. */
export const ALL_SITES = { property: 'all' };

/**
 * Build A puts these back to their defaults when an update leaves them out, and versions between the two the stage
 * too, so they are always sent (docs/vendors/sparx.md, Customers).
 */
const RESET_WHEN_UNSENT = ['type', 'doNotContact', 'tags', 'lifecycleStage'];

/** The customer as it stands now. Rejects with RequestError, also where there is none. */
export async function readCustomer(customerId: string, send: Send): Promise<IDataObject> {
	return recordIn(await send({ method: 'GET', path: [...CUSTOMERS, customerId], safety: 'safe' }));
}

/** Customers of both builds; prospects of build B are those in the stage of a lead. */
export async function* customerPages(
	filters: IDataObject,
	sortBy: string,
	send: Send,
	limit: number,
): AsyncGenerator<IDataObject[]> {
	const pages = (narrowing: IDataObject): AsyncGenerator<IDataObject[]> =>
		sortedPagesOf(CUSTOMERS, { ...filters, ...narrowing, ...ALL_SITES }, sortBy, send, limit);
	// Build A would ignore the stage and give everybody; build B refuses the type.
	const asStated = pages({});
	const first = await attemptAsync(async () => await asStated.next());
	if (first.ok) {
		if (first.value.done) return;
		yield first.value.value;
		yield* asStated;
		return;
	}
	if (filters.type !== 'prospect' || statusOf(first.error) !== 422) throw first.error;
	yield* pages({ type: undefined, lifecycle_stage: 'lead' });
}

/** Every customer of build B has a stage, none of build A has. */
export function isOfNewerBuild(customer: IDataObject): boolean {
	return 'lifecycleStage' in customer;
}

/** Build A would ignore these filters and give everybody. */
export function refuseOlderBuild(customers: IDataObject[]): void {
	if (customers.every(isOfNewerBuild)) return;
	throw new UserError('This version of Sparx has no lifecycle stage and no lead status to filter by', {
		description: 'The server runs an older version, in which a customer has only a type. Filter by type.',
	});
}

/** Whether the server keeps lifecycle stages, told by any customer; undefined where there is none yet. */
async function hasLifecycle(send: Send): Promise<boolean | undefined> {
	const query = { take: 1, ...ALL_SITES };
	const [customer] = recordsIn(await send({ method: 'GET', path: CUSTOMERS, query, safety: 'safe' }));
	return customer && isOfNewerBuild(customer);
}

/**
 * Adds a customer. Throws RequestError; UserError where the server would drop a field.
 * @param isStrict whether fields that only build B has are demanded; those of a lead are kept where they can be
 */
export async function addCustomer(fields: IDataObject, send: Send, isStrict = true): Promise<IDataObject> {
	const isDemanding = isStrict && onlyNewerFields(fields).length > 0;
	if (isDemanding && (await hasLifecycle(send)) === false) refuseDropped(onlyNewerFields(fields));
	return recordIn(await send({ method: 'POST', path: CUSTOMERS, body: toApiFields(fields) }));
}

function isSameEmail(one: string, other: unknown): boolean {
	return typeof other === 'string' && one.toLowerCase() === other.toLowerCase();
}

/** The customers with this email in any case; Sparx's search finds parts of it, in other fields too. */
async function customersWith(email: string, send: Send, extra: IDataObject): Promise<IDataObject[]> {
	const found = new Map<unknown, IDataObject>();
	const query = { q: email, sort_by: 'createdAt', ...extra, ...ALL_SITES };
	for await (const page of pagesOf(CUSTOMERS, query, send, Infinity)) {
		for (const customer of page) if (isSameEmail(email, customer.email)) found.set(customer.id, customer);
	}
	return [...found.values()];
}

/** Build A answers a taken email with an anonymous 500, as if it were out of order; it is asked beforehand. */
async function refuseTakenEmail(before: IDataObject, { email }: IDataObject, send: Send): Promise<void> {
	if (typeof email !== 'string' || isSameEmail(email, before.email)) return;
	const isNewer = isOfNewerBuild(before);
	// Deleted customers keep their email in build A; of build B only the server knows.
	const holders = await customersWith(email, send, isNewer ? {} : { include_deleted: true });
	const other = holders.find(
		(customer) =>
			customer.id !== before.id &&
			(isNewer ? customer.propertyId === before.propertyId : customer.email === email),
	);
	if (!other) return;
	const state = other.deletedAt ? `, which was deleted at ${String(other.deletedAt)}` : '';
	throw new UserError(`Another customer has the email ${email} already`, {
		description: `It is customer ${String(other.id)}${state}. Nothing was changed. Use another email, or change that customer.`,
	});
}

/**
 * Changes some fields of a customer and nothing else; `metadata` is added to. Throws RequestError; UserError where the
 * email belongs to another customer, or the server would drop a field.
 */
export async function changeCustomer(
	customerId: string,
	changes: IDataObject,
	send: Send,
	isStrict = true,
): Promise<IDataObject> {
	const before = await readCustomer(customerId, send);
	if (isStrict && !isOfNewerBuild(before)) refuseDropped(onlyNewerFields(changes));
	await refuseTakenEmail(before, changes, send);
	const kept = RESET_WHEN_UNSENT.filter((field) => before[field] !== undefined && before[field] !== null);
	const body = {
		...(Object.fromEntries(kept.map((field) => [field, before[field]])) as IDataObject),
		...toApiFields(changes, before),
	};
	if (changes.metadata)
		body.metadata = { ...(before.metadata as IDataObject), ...(changes.metadata as IDataObject) };
	const path = [...CUSTOMERS, customerId];
	return recordIn(await send({ method: 'PATCH', path, body, safety: 'idempotent' }));
}

/**
 * The customer with this email: exactly so written, else the one that differs in upper and lower case only, as build B
 * stores all in lower case. Of several at different sites, the one that belongs to the site asked for, or to none.
 * @throws UserError when several are left
 */
export async function findByEmail(
	email: string,
	send: Send,
	{ propertyId, ...extra }: IDataObject = {},
): Promise<IDataObject | undefined> {
	const all = await customersWith(email, send, extra);
	const exact = all.filter((customer) => customer.email === email);
	const candidates = exact.length > 0 ? exact : all;
	if (candidates.length < 2) return candidates[0];
	const ofSite = candidates.filter((customer) => (customer.propertyId ?? undefined) === propertyId);
	const left = ofSite.length > 0 ? ofSite : candidates;
	const living = left.filter(({ deletedAt }) => !deletedAt);
	if (living.length < 2) return living[0] ?? left[0];
	throw new UserError(`Several customers have the email ${email}`, {
		description: `They are ${living.map(({ id }) => String(id)).join(', ')}. Name the Site ID of the right one, or update it by its ID.`,
	});
}
