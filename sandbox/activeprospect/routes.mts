import { jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route, VendorRequest } from '../vendor.mts';
import { findEvents, printEvent, statistics, type EventQuery } from './events.mts';
import { feedback, ping, submit } from './intake.mts';
import {
	caps,
	create,
	listOrNull,
	meta,
	pingLimits,
	printFlow,
	putFlow,
	requirePlan,
	runReport,
	search,
} from './records.mts';
import { secretAnswers } from './secrets.mts';
import type { ActiveProspectState } from './state.mts';
import { add, exists, lists, remove } from './suppression.mts';

/** The calls that docs/vendors/activeprospect.md describes; those of SuppressionList are below a path of their own. */
export function routes(state: ActiveProspectState): Route[] {
	const read = (path: string, answer: (request: VendorRequest) => unknown, isPlanned = true): Route => ({
		method: 'GET',
		path,
		handle: (request) => {
			if (isPlanned) requirePlan(request);
			return jsonAnswer(200, answer(request));
		},
	});
	const open = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
		method,
		path,
		isOpen: true,
		handle,
	});
	const flowOf = ({ account, params }: VendorRequest) => state.flowOf(account, params.flowId);
	const rulesOf = (query: VendorRequest['query']): EventQuery => {
		if (query.rules === undefined) return query;
		try {
			return { ...query, rules: JSON.parse(String(query.rules)) as unknown };
		} catch {
			throw new Refusal(400, 'rules is not JSON');
		}
	};

	return [
		...(['POST', 'GET'] as const).flatMap((method) => [
			open(
				method,
				'/flows/:flowId/sources/:sourceId/submit',
				async (request) => await submit(state, request),
			),
			open(method, '/flows/:flowId/sources/:sourceId/ping', (request) => ping(state, request)),
			open(method, '/feedback', (request) => feedback(state, request)),
		]),
		...Object.entries(secretAnswers).map(([path, answer]) => read(path, answer, false)),
		read('/flows/:flowId/sources/:sourceId/meta', (request) => meta(state, request)),
		read('/flows', ({ account }) =>
			listOrNull(state.flows.filter(({ accountId }) => accountId === account.id).map(printFlow)),
		),
		read('/flows/:flowId', (request) => printFlow(flowOf(request))),
		read('/flows/:flowId/fields', (request) =>
			(flowOf(request).document.fields as string[]).map((id) => ({
				id,
				name: id,
				type: 'string',
				standard: true,
			})),
		),
		{
			method: 'PUT',
			path: '/flows/:flowId',
			handle: (request) => putFlow(state, flowOf(request), request.body),
		},
		{
			method: 'POST',
			path: '/flows/:flowId/deploy',
			handle: (request) => {
				const flow = flowOf(request);
				flow.live = structuredClone(flow.document);
				return jsonAnswer(200, { message: 'deployed' });
			},
		},
		read('/events', ({ account, query }) => findEvents(state, account, rulesOf(query))),
		{
			method: 'POST',
			path: '/events',
			handle: (request) => {
				requirePlan(request);
				return jsonAnswer(200, findEvents(state, request.account, (request.body ?? {}) as EventQuery));
			},
		},
		read('/events/stats', ({ account, query }) => statistics(state, account, query)),
		read('/events/:eventId', ({ account, params }) => {
			const event = state.events.find(
				({ id, accountId }) => id === params.eventId && accountId === account.id,
			);
			if (!event) throw new Refusal(404, 'event not found');
			return printEvent(event);
		}),
		read('/search/leads', (request) => search(state, request)),
		read('/fields', () => listOrNull(state.fields)),
		{
			method: 'POST',
			path: '/fields',
			handle: ({ body }) => create(state, state.fields, body, ['id', 'name', 'type']),
		},
		read('/entities', () => listOrNull(state.entities), false),
		{
			method: 'POST',
			path: '/entities',
			handle: ({ body }) =>
				create(state, state.entities, body, ['name', 'source', 'recipient', 'module_ids']),
		},
		read('/caps', (request) => caps(state, request), false),
		read('/ping_limits', (request) => pingLimits(state, request), false),
		read('/reports', () => listOrNull(state.reports), false),
		read('/reports/:reportId/run', (request) => runReport(state, request), false),
		read('/suppressionlist/lists', () => lists(state), false),
		{ method: 'POST', path: '/suppressionlist/lists/:list/items', handle: (request) => add(state, request) },
		{
			method: 'DELETE',
			path: '/suppressionlist/lists/:list/items',
			handle: (request) => remove(state, request),
		},
		{
			method: 'GET',
			path: '/suppressionlist/exists/:list/:value',
			handle: (request) => exists(state, request),
		},
	];
}
