import { z } from 'zod';
import { accounts } from './accounts.mts';
import { takeLead } from './intake.mts';
import type { LeadConduitState } from './state.mts';

export const seedSchema = z
	.object({
		flow: z.string().default(accounts[0].flows[0].id),
		count: z.number().int().positive(),
		/** Epoch seconds. */
		from: z.number(),
		to: z.number(),
	})
	.strict()
	.refine(({ from, to }) => from <= to, 'from must not be after to');

/** When the leads the sandbox starts with came in. */
export const initialPeriod = { from: Date.UTC(2026, 1, 2) / 1000, to: Date.UTC(2026, 1, 12) / 1000 };

const firstNames = ['Ana', 'Ben', 'Cleo', 'Dov', 'Eva', 'Finn', 'Gita', 'Hugo'];
const lastNames = ['Ames', 'Brook', 'Cruz', 'Diaz', 'Egan', 'Frost'];
const states = ['TX', 'CA', 'NY', 'TX', 'CA', 'WA'];
const sources = ['facebook', 'google', 'partner'];

/** Adds leads as they came in over a period, evenly spread, oldest first; returns their ids. */
export function seedLeads(
	{ flow: flowId, count, from, to }: z.output<typeof seedSchema>,
	state: LeadConduitState,
): string[] {
	const { random } = state.context;
	const flow = state.flow(flowId);
	return Array.from({ length: count }, (_, index) => {
		const [firstName, lastName] = [random.pick(firstNames), random.pick(lastNames)];
		const serial = state.freshId('seed');
		const fields = {
			first_name: firstName,
			last_name: lastName,
			email: `${firstName}.${lastName}.${serial}@shop.example`.toLowerCase(),
			phone: `512555${String(random.integer(10_000)).padStart(4, '0')}`,
			state: random.pick(states),
			source: random.pick(sources),
			campaign: 'spring',
		};
		const at = Math.floor((from + ((to - from) * index) / Math.max(1, count - 1)) * 1000);
		return takeLead(state, { flow, fields, at, testMode: false }).id;
	});
}
