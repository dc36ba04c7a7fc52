import { emptyAnswer, jsonAnswer, type Answer } from '../http/answer.mts';
import type { Route } from '../vendor.mts';
import { queueCall } from './calls.mts';
import { emitEvent } from './events.mts';
import { checkFields } from './fields.mts';
import { printLead } from './print.mts';
import { readSearch, searchLeads } from './search.mts';
import type { SparaSettings } from './settings.mts';
import type { SparaState } from './state.mts';

export const callPath = '/leads/:leadId/call';

/** Spara's five endpoints (docs/vendors/spara.md). */
export function routes(state: SparaState): Route[] {
	const { settings, statistics, clock, random, schedule } = state.context;
	return [
		{
			method: 'GET',
			path: '/leads/search',
			handle: ({ account, query }) => {
				const found = searchLeads(state.organisation(account.id), readSearch(query), settings, random);
				return jsonAnswer(200, { object: 'list', data: found.map((lead) => printLead(lead, settings)) });
			},
		},
		{
			method: 'GET',
			path: '/leads/:leadId',
			handle: ({ account, params }) =>
				jsonAnswer(200, printLead(state.leadOf(account.id, params.leadId), settings)),
		},
		{
			method: 'POST',
			path: '/leads',
			handle: ({ account, body }) => {
				const organisation = state.organisation(account.id);
				const data = checkFields(body, organisation.fieldTypes, settings);
				const now = clock.now();
				const lead = state.leads.add({ organisation, createdAt: now, updatedAt: now, data, textual: false });
				statistics.countWrite('create', String(data[settings.createIdentity] ?? lead.id));
				if (settings.announceApiLeads) {
					schedule.after(0, async () => await emitEvent(state.context, 'lead.created', lead));
				}
				return jsonAnswer(200, printLead(lead, settings));
			},
		},
		{
			method: 'PATCH',
			path: '/leads/:leadId',
			handle: ({ account, params, body }) => {
				const lead = state.leadOf(account.id, params.leadId);
				const fields = checkFields(body, lead.organisation.fieldTypes, settings);
				lead.organisation.change(lead, fields, clock.now());
				statistics.countWrite('update', lead.id);
				return acknowledgement(settings.emptyBody);
			},
		},
		{
			method: 'POST',
			path: callPath,
			handle: ({ account, params, body }) => {
				queueCall(state.context, state.leadOf(account.id, params.leadId), body);
				return acknowledgement(settings.emptyBody);
			},
		},
	];
}

/** A 200 "without additional data" (docs/vendors/spara.md#get-create-update). */
function acknowledgement(emptyBody: SparaSettings['emptyBody']): Answer {
	if (emptyBody === 'none') return emptyAnswer(200);
	return jsonAnswer(200, emptyBody === 'object' ? {} : null);
}
