import { z } from 'zod';
import { endpointSchema } from '../delivery/endpoints.mts';
import { signature } from './events.mts';
import { checkMembers, invalid } from './fields.mts';
import type { Flow, FlowSettings } from './flows.mts';
import { printTime } from './leads.mts';
import type { LeadConduitState } from './state.mts';

const positive = z.number().int().positive();

const settingsSchema: z.ZodType<FlowSettings> = z
	.object({
		acceptance_criteria: z.string().min(1).optional(),
		quality_threshold: z.number().min(0).max(1).optional(),
		volume_cap: z
			.object({ daily_limit: positive.optional(), hourly_limit: positive.optional() })
			.strict()
			.optional(),
		notifications: z
			.object({ email: z.string().email().optional(), webhook_url: z.string().url().optional() })
			.strict()
			.optional(),
	})
	.strict();

/**
 * Merges top-level keys (assumed), and answers without `notifications`, as the sample does
 * (docs/vendors/leadconduit.md#flows).
 */
export function changeSettings(state: LeadConduitState, flow: Flow, body: unknown) {
	const { settings, clock, statistics } = state.context;
	const { settings: given } = checkMembers(body, 'body', ['settings'], settings);
	const read = settingsSchema.safeParse(given);
	if (!read.success) {
		const details = read.error.issues.map(({ path, message }) => ({
			field: ['settings', ...path].join('.'),
			code: 'invalid_format',
			message,
		}));
		throw invalid('The settings are not valid', details, settings);
	}
	statistics.countWrite('settings', flow.id);
	flow.settings = { ...flow.settings, ...read.data };
	flow.updatedAt = clock.now();
	if (read.data.notifications) registerUrl(state, flow);
	const shown = { ...flow.settings, notifications: undefined };
	return { flow_id: flow.id, updated_at: printTime(flow.updatedAt), settings: shown };
}

/** The flow's one URL gets its events from now on; an address off this machine is kept but never called. */
function registerUrl(state: LeadConduitState, flow: Flow): void {
	const { endpoints } = state.context.deliveries;
	for (const { id } of endpoints.list().filter(({ account }) => account === flow.id)) endpoints.remove(id);
	const { webhookSecret } = state.account(flow.accountId);
	const endpoint = endpointSchema.safeParse({
		account: flow.id,
		url: flow.settings.notifications?.webhook_url,
		authentication: { kind: 'body-hmac', ...signature, secret: webhookSecret },
	});
	if (endpoint.success) endpoints.register(endpoint.data);
}
