import type { Vendor } from '../vendor.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { page } from './page.mts';
import { routes } from './routes.mts';
import { settingsSchema, type ActiveProspectSettings } from './settings.mts';
import { ActiveProspectState } from './state.mts';

/** ActiveProspect's API as docs/vendors/activeprospect.md tells it. No rate limit is documented. */
export const activeprospect: Vendor<ActiveProspectSettings, ReturnType<typeof commands>> = {
	basePath: '',
	settings: settingsSchema,
	limits: {},
	takesText: true,
	// Number and delay of a step's retries are unpublished, these are assumed (docs/vendors/activeprospect.md#recipient-steps).
	deliveries: {
		endpointsPerAccount: 5,
		retryDelaysMs: [60_000, 300_000],
		timeoutMs: 10_000,
		isAccepted: (status) => status < 500,
	},
	page,
	start(context) {
		const state = new ActiveProspectState(context);
		return {
			routes: routes(state),
			authenticate: (headers) => state.authenticate(headers),
			refuse: (refusal) => errorAnswer(refusal),
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
