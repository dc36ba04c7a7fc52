import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { Refusal } from '../refusal.mts';
import { accounts } from './accounts.mts';
import { emitEvent, eventNames } from './events.mts';
import { printLead } from './leads.mts';
import { seedLeads, seedSchema } from './seed.mts';
import type { LeadConduitState } from './state.mts';

const emitSchema = z
	.object({
		event: z.enum(eventNames),
		leadId: z.string(),
		variant: variantSchema.default('genuine'),
		/** Who got the lead, of a delivered one; without it the only recipient of the sandbox's flows. */
		recipient: z.object({ id: z.string(), name: z.string() }).strict().optional(),
		/** When it happened, in clock ms; now without it. */
		at: z.number().optional(),
	})
	.strict();
const flow = z.object({ flow: z.string() }).strict();

/**
 * The commands only LeadConduit has. Writes are counted as `receive` (leads that came in, whatever became of them: by
 * external id in a batch, else by email) and `settings` (by flow). Webhook endpoints are registered under a flow's id.
 * `accounts`: keys, secrets and flows. `seedLeads`: many leads at once, returns their ids. `leads`: a flow's, as the
 * API shows them. `flowSettings`: all of a flow's settings. `emit`: sends an event about a lead to its flow's webhook.
 */
export function commands(state: LeadConduitState) {
	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		seedLeads: action(seedSchema, (plan) => seedLeads(plan, state)),
		leads: query(flow, ({ flow: id }) => state.flow(id).leads.map(printLead)),
		flowSettings: query(flow, ({ flow: id }) => structuredClone(state.flow(id).settings)),
		emit: action(emitSchema, async ({ event, leadId, variant, recipient, at }) => {
			const lead = state.leads.get(leadId);
			if (!lead) throw new Refusal(404, `no lead '${leadId}'`);
			const { deliveries } = state.context;
			if (variant === 'repeated') return [await deliveries.repeat(lead.flowId, event, leadId)];
			return await emitEvent(state, event, lead, variant, at, recipient);
		}),
	};
}
