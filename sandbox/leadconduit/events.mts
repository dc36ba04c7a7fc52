import type { DeliveryAttempt, Variant } from '../delivery/engine.mts';
import { printTime, recipient, type Lead } from './leads.mts';
import type { LeadConduitState } from './state.mts';

export const eventNames = [
	'lead.received',
	'lead.accepted',
	'lead.rejected',
	'lead.delivered',
	'lead.failed',
	'lead.converted',
] as const;
export type EventName = (typeof eventNames)[number];

/**
 * The member of a webhook's body that holds its signature (docs/vendors/leadconduit.md#webhooks), and what stands
 * before the hex.
 */
export const signature = { member: 'signature', prefix: 'sha256=' };

/** Sends one event about a lead to its flow's URL. A flow has one: endpoints are registered under the flow's id. */
export async function emitEvent(
	state: LeadConduitState,
	event: EventName,
	lead: Lead,
	variant: Exclude<Variant, 'repeated'> = 'genuine',
	at = state.context.clock.now(),
	to: { id: string; name: string } = recipient,
): Promise<DeliveryAttempt[]> {
	const { deliveries, settings } = state.context;
	const body = {
		event_type: event,
		timestamp: printTime(at),
		flow_id: lead.flowId,
		lead_id: lead.id,
		data: {
			lead: lead.data,
			...(event === 'lead.delivered' && {
				recipient: { id: to.id, name: to.name },
				delivery_time_ms: 245,
			}),
			quality_score: lead.quality,
		},
		...settings.webhookExtras,
	};
	const compose = () => ({ headers: {}, body: JSON.stringify(body) });
	return await deliveries.emit({ account: lead.flowId, event, subject: lead.id, variant, compose });
}

/** What a submission tells the flow's URL; a test lead tells nobody (assumed, docs/vendors/leadconduit.md#submit). */
export function announce(state: LeadConduitState, lead: Lead): void {
	const { deliveries, schedule } = state.context;
	if (lead.testMode || deliveries.endpoints.receiving(lead.flowId, 'lead.received').length === 0) return;
	const names: EventName[] =
		lead.status === 'rejected'
			? ['lead.received', 'lead.rejected']
			: ['lead.received', 'lead.accepted', 'lead.delivered'];
	schedule.after(0, async () => {
		for (const name of names) await emitEvent(state, name, lead);
	});
}
