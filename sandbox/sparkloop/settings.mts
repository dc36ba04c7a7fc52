import { z } from 'zod';
import { errorShapes } from './errors.mts';

/** SparkLoop's switches: one for each thing its documentation leaves open (docs/vendors/sparkloop.md). */
export const settingsSchema = z
	.object({
		/** Where a list's counts stand. */
		meta: z.enum(['nested', 'top-level', 'none']).default('nested'),
		errorShape: z.enum(errorShapes).default('json'),
		/** The status of a new subscriber. */
		createStatus: z.union([z.literal(201), z.literal(200)]).default(201),
		/** DELETE of a subscriber stands in one edition of the documentation only. */
		subscriberDeletion: z.enum(['offered', 'missing']).default('offered'),
		/** SparkLoop enables it on request; ASSUMED: 403 without. */
		upscribeSubscribe: z.enum(['enabled', 'disabled']).default('enabled'),
		/** Whether webhook URLs must be https; off, so that an n8n on loopback can be registered and reached. */
		httpsOnly: z.boolean().default(true),
		/** Events that the API leaves off although they were asked for. */
		eventsLeftOff: z.array(z.string()).default([]),
	})
	.strict();

export type SparkLoopSettings = z.output<typeof settingsSchema>;
