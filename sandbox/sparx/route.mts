import { emptyAnswer, jsonAnswer, type Answer } from '../http/answer.mts';
import type { Method, Route, VendorRequest } from '../vendor.mts';
import type { Role } from './accounts.mts';
import { MissingRoute, SparxRefusal } from './errors.mts';
import { switchesOf, type SparxSettings } from './settings.mts';
import type { Bearer, SparxState } from './state.mts';
import type { Tenant } from './tenant.mts';

/** A route before its surroundings: who may call it, and what it does for a tenant. */
export interface SparxRoute {
	method: Method;
	path: string;
	/** The least role; by default viewer for GET and editor for the rest. */
	role?: () => Role;
	/** Whether it belongs to the module `crm`. */
	isCrm?: boolean;
	/** Whether the build has it; all do without. */
	exists?: (settings: Readonly<SparxSettings>) => boolean;
	handle(tenant: Tenant, request: VendorRequest): Answer | Promise<Answer>;
}

const ranks: Role[] = ['viewer', 'editor', 'admin'];

function checkRole(own: Role, least: Role): void {
	if (ranks.indexOf(own) < ranks.indexOf(least))
		throw new SparxRefusal(403, `Requires ${least} role or higher.`);
}

function checkModule(settings: Readonly<SparxSettings>): void {
	if (settings.isCrmActive) return;
	const module = 'crm';
	throw new SparxRefusal(
		switchesOf(settings).moduleOffStatus,
		`The ${module} module is not active for this tenant.`,
		{
			code: 'module_disabled',
			details: { module },
		},
	);
}

/** The route with its checks in Sparx's order: module, role, then path, query and body. */
export function guarded(state: SparxState, { method, path, isCrm, handle, ...route }: SparxRoute): Route {
	const { exists = () => true, role = () => (method === 'GET' ? 'viewer' : 'editor') } = route;
	return {
		method,
		path,
		handle: async (request) => {
			if (!exists(state.context.settings)) throw new MissingRoute();
			if (isCrm) checkModule(state.context.settings);
			checkRole((request.account as Bearer).role, role());
			return await handle(state.tenant(request.account.id), request);
		},
	};
}

export const success = (status: number, data: unknown): Answer => jsonAnswer(status, { success: true, data });

/** One page of a list. */
export function pageAnswer<Record>(
	records: Record[],
	{ take, skip }: { take: number; skip: number },
	print: (record: Record) => unknown,
): Answer {
	const data = records.slice(skip, skip + take).map(print);
	return jsonAnswer(200, { success: true, data, meta: { total: records.length, per_page: take } });
}

/** The newest first by one of their times; of the same time the one that was made last. */
export function newestFirst<Record extends object>(records: Record[], time: string): Record[] {
	const key = (record: Record) => (record as { [field: string]: unknown })[time] ?? '';
	return records.reverse().sort((one, other) => (key(one) < key(other) ? 1 : key(one) > key(other) ? -1 : 0));
}

export const noContent = (): Answer => emptyAnswer(204);
