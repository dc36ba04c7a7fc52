import { limitRuleSchema } from '../limiter.mts';
import type { Vendor } from '../vendor.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { page } from './page.mts';
import { routes } from './routes.mts';
import { settingsSchema, type SparxSettings } from './settings.mts';
import { SparxState } from './state.mts';

const minuteMs = 60_000;

/** Sparx's API as docs/vendors/sparx.md tells it, in both builds. */
export const sparx: Vendor<SparxSettings, ReturnType<typeof commands>> = {
	basePath: '/v1',
	settings: settingsSchema,
	limits: {
		// No figure is published; this is the one observed (docs/vendors/sparx.md, Rate limits).
		general: {
			rule: limitRuleSchema.parse({
				windows: [{ limit: 600, windowMs: minuteMs }],
				mode: 'fixed',
				countRejected: true,
				retryAfter: 'seconds',
			}),
			per: 'address',
			appliesTo: (_method, path) => path !== '',
		},
	},
	// Waits before attempts two to eight: 1, 5, 15, 30 minutes, 1, 2, 4 hours.
	deliveries: {
		endpointsPerAccount: 1,
		retryDelaysMs: [1, 5, 15, 30, 60, 120, 240].map((minutes) => minutes * minuteMs),
		timeoutMs: 10_000,
	},
	requestIdHeader: 'x-request-id',
	page,
	start(context) {
		const state = new SparxState(context);
		return {
			routes: routes(state),
			authenticate: (headers) => state.authenticate(headers),
			refuse: (refusal, requestId, asked) => errorAnswer(refusal, requestId, asked, context.settings),
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
