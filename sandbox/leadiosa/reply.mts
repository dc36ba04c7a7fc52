import { emptyAnswer, jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Method, Route, VendorRequest } from '../vendor.mts';
import type { LeadiosaState, Token } from './state.mts';
import type { Workspace } from './workspace.mts';

/** A request with what its token stands for. */
export interface LeadiosaRequest extends VendorRequest {
	workspace: Workspace;
	role: Token['role'];
}

/** What a route gives: one object, a page (which has `pagination`), or nothing. */
export type Handler = (request: LeadiosaRequest) => object | undefined | Promise<object | undefined>;

/**
 * Makes routes that answer as the settings say; 201 to what is created, 204 to what is deleted (ASSUMED,
 * docs/vendors/leadiosa.md#resources).
 */
export function routeMaker(state: LeadiosaState) {
	const { settings } = state.context;

	const answer = (status: number, value: object | undefined): Answer => {
		if (value === undefined) return emptyAnswer(204);
		const isOne = !('pagination' in value);
		return jsonAnswer(status, isOne && settings.envelope === 'wrapped' ? { data: value } : value);
	};

	return (method: Method, path: string, handler: Handler, status = method === 'POST' ? 201 : 200): Route => ({
		method,
		path,
		handle: async (request) => {
			const { workspace, role } = request.account as Token;
			const { headers, ...rest } = answer(status, await handler({ ...request, workspace, role }));
			const notice: Record<string, string> = settings.deprecation
				? { 'x-api-deprecation': settings.deprecation }
				: {};
			return { ...rest, headers: { ...headers, ...notice } };
		},
	});
}

/** Throws a 403 Refusal for a token that is not an owner's (docs/vendors/leadiosa.md#resources). */
export function requireOwner({ role }: LeadiosaRequest): void {
	if (role !== 'owner') throw new Refusal(403, 'Only owners of the workspace may do this.');
}

/** Throws a 400 Refusal for a filter that the list does not have. */
export function checkQuery({ query }: VendorRequest, filters: string[]): void {
	const unknown = Object.keys(query).find((name) => !['limit', 'after', ...filters].includes(name));
	if (unknown) throw new Refusal(400, `'${unknown}' is not a query parameter here.`, { field: unknown });
	const empty = Object.keys(query).find((name) => typeof query[name] !== 'string' || query[name] === '');
	if (empty) throw new Refusal(400, `'${empty}' must be given once and not be empty.`, { field: empty });
}
