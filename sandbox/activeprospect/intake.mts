import { jsonAnswer, type Answer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import { partnerKey } from './accounts.mts';
import { fieldsOf, type Fields } from './body.mts';
import type { ActiveProspectState, Flow, Lead } from './state.mts';
import { answerSecrets, credential } from './secrets.mts';
import { deliver, stepOf, varsOf, type StepResult } from './steps.mts';

interface Source {
	entity: { id: string; name: string };
	enabled: boolean;
	authentication_required: boolean;
}

/** The source of a posting URL: the id of its entity (docs/vendors/activeprospect.md#submit). */
export function sourceOf(flow: Flow, id: string): Source {
	const source = (flow.live.sources as Source[]).find(({ entity }) => entity.id === id);
	if (!source) throw new Refusal(404, 'source not found');
	return source;
}

/** A source may want the submitting partner's own key. Others ignore whatever is sent. */
function checkSource(
	{ enabled, authentication_required: isGuarded }: Source,
	{ headers }: VendorRequest,
): void {
	if (!enabled) throw new Refusal(403, 'Source is disabled');
	if (!isGuarded) return;
	const given = Buffer.from(String(headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
	if (!given.endsWith(`:${partnerKey}`)) throw new Refusal(401, 'Unauthorized source');
}

/** Why a lead is declined; `undefined` for one that is taken. */
function refusalOf(flow: Flow, fields: Fields): string | undefined {
	if (flow.states && !flow.states.includes(String(fields.state))) return 'state not served';
	if (flow.cap && flow.count >= flow.cap.maximum) return 'Cap reached';
	if (flow.refusesDuplicates && fields.reference && flow.references.has(String(fields.reference)))
		return 'duplicate';
	return undefined;
}

/** Runs the recipient step; gives what its answer appends to the lead. */
async function runSteps(state: ActiveProspectState, lead: Lead): Promise<Record<string, unknown>> {
	const { clock } = state.context;
	const eventId = state.freshId();
	const start = clock.now();
	const result: StepResult = (await deliver(state, lead, eventId)) ?? { outcome: 'success', reason: null };
	const step = stepOf(lead.flow);
	state.addEvent({
		id: eventId,
		accountId: lead.accountId,
		type: 'recipient',
		outcome: result.outcome,
		reason: result.reason,
		start_timestamp: start,
		end_timestamp: clock.now(),
		step_id: step.id,
		key: step.key,
		purchase_price: lead.flow.price,
		...(result.price === undefined ? {} : { sale_price: result.price }),
		...(result.reference === undefined ? {} : { reference: result.reference }),
		credential,
		mappings: step.mappings,
		vars: { ...varsOf(lead), event_id: eventId, price: lead.flow.price, recipient: step.entity },
		transactions: [
			{
				request: {
					uri: `https://crm.shop.example/leads?token=${answerSecrets.addressToken}`,
					headers: { ...result.attempt?.headers, Authorization: answerSecrets.stepAuthorization },
					body: result.attempt?.body ?? '{}',
				},
				response: { status: result.attempt?.status ?? 200, body: result.attempt?.answer ?? '{}' },
			},
		],
	});
	return result.appended === undefined ? {} : { [step.key]: result.appended };
}

/** One lead (docs/vendors/activeprospect.md#submit): 201 whatever becomes of it. */
export async function submit(state: ActiveProspectState, request: VendorRequest): Promise<Answer> {
	const { clock, statistics, settings } = state.context;
	const flow = state.flow(request.params.flowId);
	const source = sourceOf(flow, request.params.sourceId);
	checkSource(source, request);
	const fields = fieldsOf(request);
	statistics.countWrite('submit', String(fields.reference ?? fields.email ?? ''));
	const at = clock.now();
	const known = Object.entries(fields).filter(([name]) => (flow.live.fields as string[]).includes(name));
	const lead: Lead = {
		id: state.freshId(),
		accountId: flow.accountId,
		flow,
		source: source.entity,
		fields: Object.fromEntries(known),
		at,
	};
	const isOff = flow.live.enabled === false;
	const refused = isOff ? 'Flow is disabled' : refusalOf(flow, lead.fields);
	const outcome = isOff ? 'error' : refused === undefined ? 'success' : 'failure';
	state.leads.set(lead.id, lead);
	if (lead.fields.reference) flow.references.add(String(lead.fields.reference));
	let appended: Record<string, unknown> = {};
	if (outcome === 'success') {
		flow.count++;
		appended = await runSteps(state, lead);
	}
	const price = outcome === 'success' ? flow.price : 0;
	state.addEvent({
		accountId: flow.accountId,
		type: 'source',
		outcome,
		reason: refused ?? null,
		start_timestamp: at,
		end_timestamp: clock.now(),
		cap_reached: refused === 'Cap reached',
		purchase_price: price,
		vars: { ...varsOf(lead), ...appended },
		request: { headers: { Authorization: answerSecrets.sourceAuthorization } },
	});
	const answer = { outcome, ...(refused ? { reason: refused } : {}), lead: { id: lead.id }, price };
	if (settings.submitAnswer === 'object') return jsonAnswer(201, answer);
	return jsonAnswer(201, [
		{ request: {}, response: { status: 201, headers: {}, body: JSON.stringify(answer) } },
	]);
}

/** A bid (docs/vendors/activeprospect.md#ping): no lead is made, nothing links a later submission to it. */
export function ping(state: ActiveProspectState, request: VendorRequest): Answer {
	const flow = state.flow(request.params.flowId);
	checkSource(sourceOf(flow, request.params.sourceId), request);
	if (!flow.live.ping_enabled) throw new Refusal(403, 'Ping is not enabled for this flow');
	const fields = fieldsOf(request);
	const isLimited = flow.pingLimit !== undefined && flow.pings >= flow.pingLimit.maximum;
	flow.pings++;
	const refused = isLimited ? 'Ping limit reached' : refusalOf(flow, fields);
	if (refused) return jsonAnswer(200, { outcome: 'failure', reason: refused, price: 0 });
	if (!(flow.price > 0)) return jsonAnswer(200, { outcome: 'failure', reason: 'no bid', price: 0 });
	return jsonAnswer(200, { outcome: 'success', price: flow.price });
}

/** A return or conversion (docs/vendors/activeprospect.md#feedback). Each one is stored. */
export function feedback(state: ActiveProspectState, request: VendorRequest): Answer {
	const { clock, statistics, settings } = state.context;
	const { event_id: eventId, type, reason } = fieldsOf(request);
	if (!eventId) throw new Refusal(400, 'event_id is required');
	const event = state.events.find(({ id, type: kind }) => id === eventId && kind === 'recipient');
	if (!event) throw new Refusal(404, 'event not found');
	if (!settings.takesFeedback) throw new Refusal(409, 'feedback is forbidden for this recipient');
	statistics.countWrite('feedback', String(eventId));
	const isKnown = type === 'return' || type === 'conversion';
	const outcome = isKnown ? 'success' : 'failure';
	const refused = isKnown ? null : 'type must be return or conversion';
	state.addEvent({
		accountId: event.accountId,
		type: 'feedback-received',
		outcome,
		reason: refused,
		start_timestamp: clock.now(),
		end_timestamp: clock.now(),
		recipient_event_id: String(eventId),
		vars: { ...event.vars, feedback: { type, reason, timestamp: new Date(clock.now()).toISOString() } },
	});
	const lead = event.vars.lead as Fields;
	return jsonAnswer(201, {
		outcome,
		reason: refused,
		lead: { id: lead.id, ...(lead.email ? { email: lead.email } : {}) },
		price: 0,
	});
}
