import { z } from 'zod';

/** What Sparx's documents say, and what a running copy of its public source was seen to do (contract section 7). */
const dialects = {
	documented: {
		/** Spelling of error codes. */
		errorCase: 'lower',
		/** Whether errors carry `details` and `request_id`. */
		errorDetails: false,
		moduleOffStatus: 403,
		rateLimitStatus: 429,
		/** Malformed or missing JSON, wrong media type. */
		badRequestStatus: 400,
		/** An order number, email or payment reference that is taken. */
		clashStatus: 409,
		moneyAs: 'number',
		/** `counter` gives 1042, 1043 ...; `count` gives `O-` and the number of orders plus one, and fails when parallel. */
		orderNumbers: 'counter',
		discountTotal: 'applied',
		/** Whether a partial customer update puts `type`, `doNotContact` and `tags` back to their defaults. */
		partialUpdate: 'keeps',
		hasMeRoute: true,
	},
	observed: {
		errorCase: 'upper',
		errorDetails: true,
		moduleOffStatus: 404,
		rateLimitStatus: 500,
		badRequestStatus: 500,
		clashStatus: 500,
		moneyAs: 'string',
		orderNumbers: 'count',
		discountTotal: 'ignored',
		partialUpdate: 'resets',
		hasMeRoute: false,
	},
} as const;

/** Sparx's switches: the dialect sets all disagreements at once, and each can be set on its own. */
export const settingsSchema = z
	.object({
		dialect: z.enum(['documented', 'observed']).default('documented'),
		errorCase: z.enum(['lower', 'upper']).optional(),
		errorDetails: z.boolean().optional(),
		moduleOffStatus: z.union([z.literal(403), z.literal(404)]).optional(),
		rateLimitStatus: z.union([z.literal(429), z.literal(500)]).optional(),
		badRequestStatus: z.union([z.literal(400), z.literal(500)]).optional(),
		clashStatus: z.union([z.literal(409), z.literal(422), z.literal(500)]).optional(),
		moneyAs: z.enum(['number', 'string']).optional(),
		orderNumbers: z.enum(['counter', 'count']).optional(),
		discountTotal: z.enum(['applied', 'ignored']).optional(),
		partialUpdate: z.enum(['keeps', 'resets']).optional(),
		hasMeRoute: z.boolean().optional(),
		/** Whether the tenant has the module that customers and orders belong to. */
		isCrmActive: z.boolean().default(true),
		/** Whether a key of role editor may manage webhooks, as one sample of the documents has it. */
		editorsManageWebhooks: z.boolean().default(false),
		/** The most rows in one page. */
		largestTake: z.number().int().positive().default(250),
		secretSpelling: z.enum(['signingSecret', 'signing_secret']).default('signingSecret'),
	})
	.strict();

export type SparxSettings = z.output<typeof settingsSchema>;

type Switches = { [Name in keyof typeof dialects.documented]: NonNullable<SparxSettings[Name]> };

/** How every disagreement stands: as set on its own, else as the dialect has it. */
export function switchesOf(settings: Readonly<SparxSettings>): Switches {
	const own = Object.entries(settings).filter(([, value]) => value !== undefined);
	return { ...dialects[settings.dialect], ...Object.fromEntries(own) };
}
