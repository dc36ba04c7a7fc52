import type { AccountSeed } from './accounts.mts';
import { printTime, type Lead } from './leads.mts';

export interface FlowSettings {
	acceptance_criteria?: string;
	quality_threshold?: number;
	volume_cap?: { daily_limit?: number; hourly_limit?: number };
	notifications?: { email?: string; webhook_url?: string };
}

export interface Flow {
	id: string;
	accountId: string;
	name: string;
	createdAt: number;
	updatedAt: number;
	requiredFields: string[];
	/** States whose leads are accepted; all without it. */
	states?: string[];
	settings: FlowSettings;
	leads: Lead[];
}

/** When the flows were made. */
const MADE_AT = Date.UTC(2026, 0, 5);

export function startFlows({ id: accountId, flows }: AccountSeed): Flow[] {
	return flows.map((seed) => {
		const { id, name, requiredFields } = seed;
		const states = 'states' in seed ? (seed.states as string[]) : undefined;
		const settings = states ? { acceptance_criteria: `state in ${JSON.stringify(states)}` } : {};
		return {
			id,
			accountId,
			name,
			createdAt: MADE_AT,
			updatedAt: MADE_AT,
			requiredFields,
			states,
			settings,
			leads: [],
		};
	});
}

/** A flow as the list shows it (docs/vendors/leadconduit.md#flows). */
export function printFlow({ id, name, createdAt, updatedAt, leads }: Flow) {
	const accepted = leads.filter(({ status }) => status !== 'rejected').length;
	const quality = leads.reduce((sum, { quality }) => sum + quality, 0);
	return {
		id,
		name,
		status: 'active',
		created_at: printTime(createdAt),
		updated_at: printTime(updatedAt),
		statistics: {
			total_leads: leads.length,
			acceptance_rate: leads.length > 0 ? accepted / leads.length : 0,
			average_quality: leads.length > 0 ? quality / leads.length : 0,
		},
	};
}

/** A flow with its steps (docs/vendors/leadconduit.md#flows); its settings only behind a switch. */
export function printFlowInFull(flow: Flow, showSettings: boolean) {
	const { id, name, requiredFields, settings } = flow;
	return {
		id,
		name,
		status: 'active',
		description: `${name} leads`,
		configuration: {
			steps: [
				{
					id: `step_${id}_1`,
					type: 'source',
					name: 'Web form',
					position: 1,
					settings: {
						required_fields: requiredFields,
						...(settings.acceptance_criteria && { acceptance_criteria: settings.acceptance_criteria }),
					},
				},
				{
					id: `step_${id}_2`,
					type: 'enhancement',
					name: 'Email check',
					position: 2,
					service: 'email_validation',
					settings: { reject_undeliverable: false },
				},
			],
		},
		...(showSettings && { settings }),
	};
}
