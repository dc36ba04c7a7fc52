import type { DeliveryAttempt, Variant } from '../delivery/engine.mts';
import type { ActiveProspectState, Lead } from './state.mts';

export const EVENT = 'lead.delivered';

/** What a step was answered: the outcome, and what it says beside it. */
export interface StepResult {
	outcome: 'success' | 'failure' | 'error';
	reason: string | null;
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

function read(attempt: DeliveryAttempt, term: string | null): StepResult {
	const { status = 0, answer = '', error } = attempt;
	if (error) return { outcome: 'error', reason: error, attempt };
	if (status >= 500) return { outcome: 'error', reason: 'Server error', attempt };
	// Every other status is read like 200, a 401 too (docs/vendors/activeprospect.md#what-a-recipient-step-makes-of-an-answer).
	if (term === null) return { outcome: 'success', reason: null, attempt };
	let body: Record<string, unknown> = {};
	try {
		body = JSON.parse(answer) as Record<string, unknown>;
	} catch {
		return { outcome: 'failure', reason: 'no match', attempt };
	}
	const isMatch = new RegExp(term, 'i').test(String(body.outcome ?? ''));
	return {
		outcome: isMatch ? 'success' : 'failure',
		reason: isMatch ? null : String(body.reason ?? 'no match'),
		attempt,
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
	const format = settings.deliveryFormat;
	const body = {
		event_id: eventId,
		lead_id: lead.id,
		flow_id: lead.flow.id,
		flow_name: lead.flow.live.name,
		source_id: lead.source.id,
		source_name: lead.source.name,
		submitted_at: new Date(lead.at).toISOString(),
		// Values of templates are texts (docs/vendors/activeprospect.md#recipient-steps).
		price: String(lead.flow.price),
		lead: lead.fields,
	};
	const compose = () => ({ headers: { 'content-type': contentTypes[format] }, body: written(body, format) });
	const [attempt] = await deliveries.emit({
		account: lead.accountId,
		event: EVENT,
		subject: lead.id,
		variant,
		compose,
	});
	return attempt && read(attempt, settings.outcomeSearchTerm);
}
