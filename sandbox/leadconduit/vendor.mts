import { limitRuleSchema } from '../limiter.mts';
import type { Vendor } from '../vendor.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { page } from './page.mts';
import { routes } from './routes.mts';
import { settingsSchema, type LeadConduitSettings } from './settings.mts';
import { LeadConduitState } from './state.mts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** LeadConduit's API as docs/vendors/leadconduit.md tells it, in the reference's dialect. */
export const leadconduit: Vendor<LeadConduitSettings, ReturnType<typeof commands>> = {
	basePath: '/api/v1',
	settings: settingsSchema,
	limits: {
		general: {
			rule: limitRuleSchema.parse({
				windows: [
					{ limit: 1000, windowMs: HOUR_MS },
					{ limit: 100, windowMs: MINUTE_MS },
				],
			}),
			per: 'account',
			appliesTo: () => true,
			// They speak of the hour; the minute has none (docs/vendors/leadconduit.md#rate-limits).
			headers: ({ limit, remaining, resetAt }) => ({
				'x-ratelimit-limit': String(limit),
				'x-ratelimit-remaining': String(remaining),
				'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
			}),
		},
	},
	// One URL per flow; retries are ASSUMED (docs/vendors/leadconduit.md#webhooks).
	deliveries: { endpointsPerAccount: 1, retryDelaysMs: [1000, 5000], timeoutMs: 10_000 },
	requestIdHeader: 'x-request-id',
	page,
	start(context) {
		const state = new LeadConduitState(context);
		return {
			routes: routes(state),
			authenticate: (headers) => state.authenticate(headers),
			refuse: (refusal, requestId) => errorAnswer(refusal, requestId, context.settings),
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
