import { limitRuleSchema } from '../limiter.mts';
import type { Vendor } from '../vendor.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { page } from './page.mts';
import { routes } from './routes.mts';
import { settingsSchema, type LeadiosaSettings } from './settings.mts';
import { LeadiosaState } from './state.mts';

/** Leadiosa's REST API as docs/vendors/leadiosa.md tells it. */
export const leadiosa: Vendor<LeadiosaSettings, ReturnType<typeof commands>> = {
	basePath: '/api/v1',
	settings: settingsSchema,
	limits: {
		// Per token; the figure is the vendor's sample, the kind of window ASSUMED
		// (docs/vendors/leadiosa.md#rate-limits).
		general: {
			rule: limitRuleSchema.parse({
				windows: [{ limit: 300, windowMs: 60_000 }],
				mode: 'fixed',
				countRejected: false,
				retryAfter: 'seconds',
			}),
			per: 'account',
			appliesTo: () => true,
			headers: ({ limit, remaining, resetAt }) => ({
				'x-ratelimit-limit': String(limit),
				'x-ratelimit-remaining': String(remaining),
				'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
			}),
		},
	},
	// ASSUMED: the retry schedule and timeout are not public (docs/vendors/leadiosa.md#delivery).
	deliveries: { endpointsPerAccount: Infinity, retryDelaysMs: [1000, 5000, 30_000], timeoutMs: 5000 },
	page,
	start(context) {
		const state = new LeadiosaState(context);
		return {
			routes: routes(state),
			authenticate: (headers) => state.authenticate(headers),
			refuse: errorAnswer,
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
