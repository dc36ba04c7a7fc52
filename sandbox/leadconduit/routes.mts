import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route, VendorRequest } from '../vendor.mts';
import { changeSettings } from './flow-settings.mts';
import { printFlow, printFlowInFull } from './flows.mts';
import { printLead } from './leads.mts';
import { analytics, flowEvents, readQuery, searchLeads } from './lists.mts';
import type { Caller, LeadConduitState } from './state.mts';
import { submitBatch, submitLead } from './submit.mts';

/** LeadConduit's nine endpoints (docs/vendors/leadconduit.md). */
export function routes(state: LeadConduitState): Route[] {
	const { settings } = state.context;
	const read = (path: string, answer: (request: VendorRequest) => unknown): Route => ({
		method: 'GET',
		path,
		handle: (request) => jsonAnswer(200, answer(request)),
	});
	const write = (
		method: 'POST' | 'PUT',
		path: string,
		handle: (request: VendorRequest) => Answer,
	): Route => ({
		method,
		path,
		handle: (request) => {
			if (!(request.account as Caller).mayWrite) throw new Refusal(403, 'this key may only read');
			return handle(request);
		},
	});
	const flowOf = ({ account, params }: VendorRequest) => state.flowOf(account.id, params.flowId);

	return [
		write('POST', '/flows/:flowId/leads', (request) => submitLead(state, flowOf(request), request.body)),
		write('POST', '/flows/:flowId/leads/batch', (request) =>
			submitBatch(state, flowOf(request), request.body),
		),
		write('PUT', '/flows/:flowId/settings', (request) =>
			jsonAnswer(200, changeSettings(state, flowOf(request), request.body)),
		),
		read('/leads/:leadId', ({ account, params }) => printLead(state.leadOf(account.id, params.leadId))),
		read('/leads', ({ account, query }) => searchLeads(state, account.id, query)),
		read('/flows', ({ account, query }) => {
			readQuery(query, []);
			return { flows: state.flowsOf(account.id).map(printFlow) };
		}),
		read('/flows/:flowId', (request) => printFlowInFull(flowOf(request), settings.showSettings)),
		read('/flows/:flowId/events', (request) => flowEvents(state, flowOf(request), request.query)),
		read('/analytics', ({ account, query }) => analytics(state, account.id, query)),
	];
}
