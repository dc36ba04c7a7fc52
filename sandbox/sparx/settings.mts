import { z } from 'zod';

/** What the vendor's documents of June say: build A without its defects. */
const documented = {
	/** Spelling of error codes. */
	errorCase: 'lower',
	/** Whether errors carry `details` and `request_id`. */
	errorDetails: false,
	moduleOffStatus: 403,
	rateLimitStatus: 429,
	/** Malformed or missing JSON, wrong media type. */
	badRequestStatus: 400,
	/** An order number or payment reference that is taken. */
	clashStatus: 409,
	/** An email that is taken. */
	emailClashStatus: 409,
	moneyAs: 'number',
	/** `counter` gives 1042, 1043 ...; `count` gives `O-` and the number of orders plus one, and fails when parallel. */
	orderNumbers: 'counter',
	discountTotal: 'applied',
	/** Whether a partial update puts fields that were not sent back to their defaults. */
	partialUpdate: 'keeps',
	hasMeRoute: true,
	/** Below which path orders are. */
	orderRoot: '/crm/orders',
	/** Whether orders can be searched, and sorted in both directions. */
	orderSearch: false,
	/** `type` alone says what a customer is, or lifecycle stage and lead status do; emails and links differ with it. */
	customerModel: 'type',
	/** Whether a refund without a processor reference sends money back. */
	refunds: 'recorded',
	/** Whether the routes, queries and events are there that the newer build has brought. */
	surface: 'older',
} as const;

/** As a running copy of the public source of May was seen to answer: build A. */
const observed = {
	...documented,
	errorCase: 'upper',
	errorDetails: true,
	moduleOffStatus: 404,
	rateLimitStatus: 500,
	badRequestStatus: 500,
	clashStatus: 500,
	emailClashStatus: 500,
	moneyAs: 'string',
	orderNumbers: 'count',
	discountTotal: 'ignored',
	partialUpdate: 'resets',
	hasMeRoute: false,
} as const;

/** As the newer public source says: build B. */
const newer = {
	...observed,
	rateLimitStatus: 429,
	badRequestStatus: 400,
	emailClashStatus: 409,
	discountTotal: 'replaces',
	partialUpdate: 'keeps',
	orderRoot: '/orders',
	orderSearch: true,
	customerModel: 'lifecycle',
	refunds: 'settled',
	surface: 'newer',
} as const;

const dialectSwitches = { documented, observed, newer };

/** All versions of Sparx that the sandbox can be. */
export const dialects = ['documented', 'observed', 'newer'] as const;

/** Sparx's switches: the dialect sets all disagreements at once, and each can be set on its own. */
export const settingsSchema = z
	.object({
		dialect: z.enum(dialects).default('documented'),
		errorCase: z.enum(['lower', 'upper']).optional(),
		errorDetails: z.boolean().optional(),
		moduleOffStatus: z.union([z.literal(403), z.literal(404)]).optional(),
		rateLimitStatus: z.union([z.literal(429), z.literal(500)]).optional(),
		badRequestStatus: z.union([z.literal(400), z.literal(500)]).optional(),
		clashStatus: z.union([z.literal(409), z.literal(422), z.literal(500)]).optional(),
		emailClashStatus: z.union([z.literal(409), z.literal(500)]).optional(),
		moneyAs: z.enum(['number', 'string']).optional(),
		orderNumbers: z.enum(['counter', 'count']).optional(),
		discountTotal: z.enum(['applied', 'ignored', 'replaces']).optional(),
		partialUpdate: z.enum(['keeps', 'resets']).optional(),
		hasMeRoute: z.boolean().optional(),
		orderRoot: z.enum(['/crm/orders', '/orders']).optional(),
		orderSearch: z.boolean().optional(),
		customerModel: z.enum(['type', 'lifecycle']).optional(),
		refunds: z.enum(['recorded', 'settled']).optional(),
		surface: z.enum(['older', 'newer']).optional(),
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

type Switches = { [Name in keyof typeof documented]: NonNullable<SparxSettings[Name]> };

/** How every disagreement stands: as set on its own, else as the dialect has it. */
export function switchesOf(settings: Readonly<SparxSettings>): Switches {
	const own = Object.entries(settings).filter(([, value]) => value !== undefined);
	return { ...dialectSwitches[settings.dialect], ...Object.fromEntries(own) };
}

export const isLifecycle = (settings: Readonly<SparxSettings>): boolean =>
	switchesOf(settings).customerModel === 'lifecycle';

export const isNewer = (settings: Readonly<SparxSettings>): boolean =>
	switchesOf(settings).surface === 'newer';
