import { limitRuleSchema } from '../limiter.mts';
import type { Vendor } from '../vendor.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { page } from './page.mts';
import { callPath, routes } from './routes.mts';
import { settingsSchema, type SparaSettings } from './settings.mts';
import { SparaState } from './state.mts';

/** Spara's Leads API as docs/vendors/spara.md tells it. */
export const spara: Vendor<SparaSettings, ReturnType<typeof commands>> = {
	basePath: '/v1',
	settings: settingsSchema,
	limits: {
		// A general limit exists but its figure is not published (docs/vendors/spara.md#rate-limits).
		general: { rule: limitRuleSchema.parse({}), per: 'account', appliesTo: () => true },
		calls: {
			rule: limitRuleSchema.parse({ windows: [{ limit: 5, windowMs: 1000 }] }),
			per: 'account',
			appliesTo: (method, path) => method === 'POST' && path === callPath,
		},
	},
	// One endpoint per account; the retry schedule and timeout are ASSUMED: none is documented
	// (docs/vendors/spara.md#webhooks).
	deliveries: { endpointsPerAccount: 1, retryDelaysMs: [1000, 5000], timeoutMs: 10_000 },
	requestIdHeader: 'x-request-id',
	page,
	start(context) {
		const state = new SparaState(context);
		return {
			routes: routes(state),
			authenticate: (headers) => state.authenticate(headers),
			refuse: (refusal) => errorAnswer(refusal, context.settings.errorShape),
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
