import { randomUUID } from 'node:crypto';
import type { DeliveryAttempt, Emission } from '../delivery/engine.mts';
import type { VendorContext } from '../vendor.mts';
import type { Fields } from './fields.mts';
import type { Call, Lead } from './leads.mts';
import { printFields, printTime } from './print.mts';
import type { SparaSettings } from './settings.mts';

export const eventNames = ['lead.created', 'lead.facts_updated', 'voice_call.ended'] as const;

/** What an event says beside its lead. */
export interface EventDetails {
	changed?: Fields;
	call?: Call;
}

/** Sends one event about a lead to its account's endpoint; the envelope is ASSUMED (docs/vendors/spara.md#webhooks). */
export async function emitEvent(
	context: VendorContext<SparaSettings>,
	event: (typeof eventNames)[number],
	lead: Lead,
	details: EventDetails = {},
	variant: Emission['variant'] = 'genuine',
): Promise<DeliveryAttempt[]> {
	const { settings, clock, deliveries } = context;
	const name = event === 'voice_call.ended' ? settings.callEventName : event;
	const named = { [settings.eventKey]: name };
	const delivery = {
		headers: settings.eventIn === 'header' ? named : {},
		body: JSON.stringify({
			...(settings.eventIn === 'body' && named),
			...(settings.eventIdKey && { [settings.eventIdKey]: randomUUID() }),
			created_at: printTime(clock.now()),
			lead: { object: 'lead', id: lead.id, data: printFields(lead, settings) },
			...(details.changed && { changed: details.changed }),
			...(details.call && { call: describeCall(details.call, lead) }),
		}),
	};
	return await deliveries.emit({
		account: lead.organisation.id,
		event,
		subject: lead.id,
		variant,
		compose: () => delivery,
	});
}

const describeCall = ({ startedAt, endedAt, mode, summary }: Call, { id }: Lead) => ({
	started_at: printTime(startedAt),
	ended_at: printTime(endedAt),
	outcome: 'completed',
	summary,
	transcript: 'Agent: Hello, this is Spara. Lead: Hello, what does it cost?',
	recording_url: `https://app.spara.co/recordings/${id}/${Math.floor(startedAt)}`,
	call_mode: mode,
});
