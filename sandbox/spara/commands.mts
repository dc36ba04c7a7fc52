import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { Refusal } from '../refusal.mts';
import { accounts } from './accounts.mts';
import { apiStepSchema, runApiStep } from './apiStep.mts';
import { emitEvent, eventNames, type EventDetails } from './events.mts';
import { checkFields } from './fields.mts';
import type { Lead } from './leads.mts';
import { printLead } from './print.mts';
import { captureLead, seedLeads, seedSchema } from './seed.mts';
import type { SparaState } from './state.mts';

const account = z.string().default(accounts[0].id);

const emitSchema = z
	.object({
		event: z.enum(eventNames),
		account,
		/** Which lead; a `lead.created` without one is about a new lead, captured now; `repeated` without one takes any. */
		leadId: z.string().optional(),
		/** For `lead.facts_updated`: the fields captured, saved before the event goes out. */
		changed: z.record(z.union([z.string(), z.number().int(), z.boolean()])).optional(),
		variant: variantSchema.default('genuine'),
	})
	.strict();

type EmitInput = z.output<typeof emitSchema>;

/**
 * The commands only Spara has. Writes are counted as `create` (by the setting `createIdentity`, else by lead id),
 * `update` and `call` (by lead id) and `ring` (phones really dialled, by number).
 * `accounts`: keys and voice agents. `seedLeads`: many leads at once, returns their ids. `leads`, `lead`: as the API
 * would show them. `emit`: sends an event to the account's webhook and gives the log of the first attempt.
 * `apiStep`: runs an API step of a Spara workflow about a lead and saves what it extracts of the answer.
 */
export function commands(state: SparaState) {
	const { settings, clock, random, deliveries } = state.context;

	const subjectOf = ({ event, leadId, account: accountId }: EmitInput): Lead => {
		if (leadId !== undefined) return state.lead(leadId);
		if (event !== 'lead.created') throw new Refusal(400, `leadId is required for ${event}`);
		const now = clock.now();
		return captureLead(state.organisation(accountId), state.leads, random, now, now);
	};

	const detailsOf = ({ event, changed, variant }: EmitInput, lead: Lead): EventDetails => {
		const now = clock.now();
		if (event === 'voice_call.ended') {
			const sample = { startedAt: now, endedAt: now, mode: 'live' as const, summary: 'Asked about pricing.' };
			return { call: lead.calls.at(-1) ?? sample };
		}
		if (event === 'lead.created') return {};
		const fields = checkFields(changed ?? {}, lead.organisation.fieldTypes, settings);
		if (variant === 'genuine') lead.organisation.change(lead, fields, now);
		return { changed: fields };
	};

	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		seedLeads: action(seedSchema, ({ account: id, ...plan }) =>
			seedLeads(plan, state.organisation(id), state.leads, random, clock.now()),
		),
		leads: query(z.object({ account }).strict().default({}), ({ account: id }) =>
			state.leads
				.all()
				.filter((lead) => lead.organisation.id === id)
				.map((lead) => printLead(lead, settings)),
		),
		lead: query(z.object({ id: z.string() }).strict(), ({ id }) => printLead(state.lead(id), settings)),
		emit: action(emitSchema, async (input) => {
			const { event, variant, account: accountId, leadId } = input;
			if (variant === 'repeated') return [await deliveries.repeat(accountId, event, leadId)];
			const lead = subjectOf(input);
			return await emitEvent(state.context, event, lead, detailsOf(input, lead), variant);
		}),
		apiStep: action(apiStepSchema, async (step) => {
			const lead = state.lead(step.leadId);
			const run = await runApiStep(lead, step);
			const fields = checkFields(run.extracted, lead.organisation.fieldTypes, settings);
			if (Object.keys(fields).length > 0) lead.organisation.change(lead, fields, clock.now());
			return run;
		}),
	};
}
