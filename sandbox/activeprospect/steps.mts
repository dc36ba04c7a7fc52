import type { DeliveryAttempt, Variant } from '../delivery/engine.mts';
import { bodyOf, headersOf, readAnswer, refusalOf, type Mapping, type ReadAnswer } from './mappings.mts';
import type { ActiveProspectState, Flow, Lead } from './state.mts';

export const EVENT = 'lead.delivered';

/** What a step made of an answer, and the JSON that it appends to the lead. */
export interface StepResult extends Omit<ReadAnswer, 'outcome'> {
	outcome: 'success' | 'failure' | 'error' | 'skip';
	appended?: unknown;
	attempt?: DeliveryAttempt;
}

const contentTypes = {
	json: 'application/json',
	form: 'application/x-www-form-urlencoded',
	xml: 'application/xml',
};

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function flat(body: Record<string, unknown>, prefix = ''): Array<[string, string]> {
	return Object.entries(body).flatMap(
		([key, value]): Array<[string, string]> =>
			typeof value === 'object' && value !== null
				? flat(value as Record<string, unknown>, `${prefix}${key}.`)
				: [[`${prefix}${key}`, String(value)]],
	);
}

function written(body: Record<string, unknown>, format: keyof typeof contentTypes): string {
	if (format === 'json') return JSON.stringify(body);
	if (format === 'form') return new URLSearchParams(flat(body)).toString();
	const members = flat(body).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
	return `<?xml version="1.0"?><lead>${members.join('')}</lead>`;
}

function read(attempt: DeliveryAttempt, mappings: Mapping[]): StepResult {
	const { status = 0, answer = '', error } = attempt;
	if (error) return { outcome: 'error', reason: error, attempt };
	if (status >= 500) return { outcome: 'error', reason: 'Server error', attempt };
	// Every other status is read like 200, a 401 too (docs/vendors/activeprospect.md#what-a-recipient-step-makes-of-an-answer).
	let body: unknown;
	try {
		body = JSON.parse(answer) as unknown;
	} catch {
		body = undefined;
	}
	const appended = Array.isArray(body) ? { array: body } : body;
	return { ...readAnswer(mappings, appended), ...(appended ? { appended } : {}), attempt };
}

export interface Step {
	id: string;
	key: string;
	entity: object;
	mappings: Mapping[];
}

/** The recipient step of a flow. */
export const stepOf = (flow: Flow): Step => (flow.live.steps as Step[])[0];

/** What a lead and its flow give to templates and events. */
export function varsOf({ id, flow, source, fields, at, accountId }: Lead): Record<string, unknown> {
	return {
		lead: { id, ...fields },
		flow: { id: flow.id, name: flow.live.name },
		source: { id: source.id, name: source.name },
		account: { id: accountId },
		submission: { timestamp: new Date(at).toISOString() },
	};
}

/** Delivers a lead by the recipient step, which is an endpoint of the flow's account; `undefined` where there is none. */
export async function deliver(
	state: ActiveProspectState,
	lead: Lead,
	eventId: string,
	variant: Exclude<Variant, 'repeated'> = 'genuine',
): Promise<StepResult | undefined> {
	const { deliveries, settings } = state.context;
	const { mappings } = stepOf(lead.flow);
	const refused = refusalOf(mappings);
	if (refused !== undefined) return { outcome: 'skip', reason: refused };
	const format = settings.deliveryFormat;
	const vars = { ...varsOf(lead), event_id: eventId, price: lead.flow.price };
	const compose = () => ({
		headers: { 'content-type': contentTypes[format], ...headersOf(mappings, vars) },
		body: written(bodyOf(mappings, vars), format),
	});
	const [attempt] = await deliveries.emit({
		account: lead.accountId,
		event: EVENT,
		subject: lead.id,
		variant,
		compose,
	});
	return attempt && read(attempt, mappings);
}
