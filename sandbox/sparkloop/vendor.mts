import { limitRuleSchema } from '../limiter.mts';
import type { Vendor } from '../vendor.mts';
import { campaignRoutes } from './campaign-routes.mts';
import { commands } from './commands.mts';
import { errorAnswer } from './errors.mts';
import { networkRoutes } from './network-routes.mts';
import { offerRoutes } from './offer-routes.mts';
import { page } from './page.mts';
import { partnerRoutes } from './partner-routes.mts';
import { publicationRoutes } from './publication-routes.mts';
import { settingsSchema, type SparkLoopSettings } from './settings.mts';
import { SparkLoopState } from './state.mts';
import { subscriberRoutes } from './subscriber-routes.mts';
import { upscribeRoutes } from './upscribe-routes.mts';
import { webhookRoutes } from './webhook-routes.mts';

const minuteMs = 60_000;

/** SparkLoop's API v2 as docs/vendors/sparkloop.md tells it. */
export const sparkloop: Vendor<SparkLoopSettings, ReturnType<typeof commands>> = {
	basePath: '/v2',
	settings: settingsSchema,
	takesForms: true,
	// The reference asks for it on POST and PUT; whether the real server insists is not said.
	jsonContentType: 'application/json;charset=utf-8',
	limits: {
		// 60 in any 60 seconds per key, without any header that tells (docs/vendors/sparkloop.md#rate-limits).
		general: {
			rule: limitRuleSchema.parse({ windows: [{ limit: 60, windowMs: minuteMs }] }),
			per: 'account',
			appliesTo: () => true,
		},
	},
	deliveries: {
		endpointsPerAccount: 100,
		// Three attempts over five minutes (the older page; the newer gives no schedule:
		// docs/vendors/sparkloop.md#webhooks).
		retryDelaysMs: [2.5 * minuteMs, 2.5 * minuteMs],
		timeoutMs: 10_000,
		isAccepted: (status, body) => status === 200 && body === '',
	},
	page,
	start(context) {
		const state = new SparkLoopState(context);
		const routesOf = [
			subscriberRoutes,
			campaignRoutes,
			partnerRoutes,
			publicationRoutes,
			networkRoutes,
			upscribeRoutes,
			offerRoutes,
			webhookRoutes,
		];
		return {
			routes: routesOf.flatMap((routes) => routes(state)),
			authenticate: (headers) => state.authenticate(headers),
			refuse: (refusal) => errorAnswer(refusal, context.settings.errorShape),
			commands: commands(state),
			reset: () => state.reset(),
		};
	},
};
