import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { Refusal } from '../refusal.mts';
import { accounts, entityIds, flowIds } from './accounts.mts';
import type { ActiveProspectState, Lead } from './state.mts';
import { deliver, EVENT, stepOf } from './steps.mts';

const emitSchema = z
	.object({
		event: z.literal(EVENT).default(EVENT),
		/** Without one it is about a new lead, submitted now. */
		leadId: z.string().optional(),
		variant: variantSchema.default('genuine'),
	})
	.strict();
const seedSchema = z
	.object({
		flow: z.string().default(flowIds.solar),
		count: z.number().int().positive(),
		/** Clock ms of the first, and how far apart they are. */
		from: z.number().optional(),
		stepMs: z.number().default(1),
	})
	.strict();

const mapStepSchema = z
	.object({ flow: z.string().default(flowIds.solar), mappings: z.record(z.string().nullable()) })
	.strict();

/**
 * The commands only ActiveProspect has. Writes are counted as `submit` (by reference, else email), `feedback` (by
 * event), `flow` and `create`. `seedEvents`: many source events with their leads at once. `emit`: has the recipient step
 * deliver a lead to the webhook URLs of its account.
 */
export function commands(state: ActiveProspectState) {
	const addLead = (flow: Lead['flow'], email: string, at: number): Lead => {
		const lead: Lead = {
			id: state.freshId(),
			accountId: flow.accountId,
			flow,
			source: { id: entityIds.form, name: 'Web form' },
			fields: { email, state: 'TX' },
			at,
		};
		state.leads.set(lead.id, lead);
		return lead;
	};
	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		flowIds: query(nothing, () => ({ ...flowIds })),
		entityIds: query(nothing, () => ({ ...entityIds })),
		leads: query(nothing, () =>
			[...state.leads.values()].map(({ id, flow, source, fields, at }) => ({
				id,
				flow: flow.id,
				source: source.name,
				fields,
				at,
			})),
		),
		events: query(nothing, () => structuredClone(state.events)),
		flow: query(z.object({ flow: z.string() }).strict(), ({ flow }) => structuredClone(state.flow(flow))),
		/** Takes all rows of a list away: an account that has none. */
		empty: action(
			z.object({ list: z.enum(['entities', 'fields', 'reports']) }).strict(),
			({ list }) => void (state[list].length = 0),
		),
		/** Replaces mappings of a flow's step by property; null takes one away. */
		mapStep: action(mapStepSchema, ({ flow, mappings }) => {
			const step = stepOf(state.flow(flow));
			const kept = step.mappings.filter(({ property }) => !(property in mappings));
			const added = Object.entries(mappings).flatMap(([property, value]) =>
				value === null ? [] : [{ property, value }],
			);
			step.mappings = [...kept, ...added];
		}),
		seedEvents: action(seedSchema, ({ flow: flowId, count, from, stepMs }) => {
			const flow = state.flow(flowId);
			const first = from ?? state.context.clock.now();
			return Array.from({ length: count }, (_, index) => {
				const at = first + index * stepMs;
				const lead = addLead(flow, `seed.${index}@shop.example`, at);
				return state.addEvent({
					accountId: flow.accountId,
					type: 'source',
					outcome: 'success',
					reason: null,
					start_timestamp: at,
					end_timestamp: at,
					vars: {
						lead: { id: lead.id, ...lead.fields },
						flow: { id: flow.id, name: flow.live.name },
						source: lead.source,
					},
				}).id;
			});
		}),
		emit: action(emitSchema, async ({ leadId, variant }) => {
			const lead =
				leadId === undefined
					? addLead(state.flow(flowIds.solar), 'visitor@shop.example', state.context.clock.now())
					: state.leads.get(leadId);
			if (!lead) throw new Refusal(404, `no lead '${leadId}'`);
			if (variant === 'repeated')
				return await state.context.deliveries.repeat(lead.accountId, EVENT, lead.id);
			return [await deliver(state, lead, state.freshId(), variant)].filter((result) => result !== undefined);
		}),
	};
}
