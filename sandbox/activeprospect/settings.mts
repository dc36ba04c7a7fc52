import { z } from 'zod';

/** ActiveProspect's switches: one for each thing its documents leave open (docs/vendors/activeprospect.md). */
export const settingsSchema = z
	.object({
		/** How the operators that compare are spelled in rules for events; the other spelling is refused with 400. */
		ruleSpelling: z.enum(['or equal to', 'or equal']).default('or equal to'),
		/** A submission's answer as an object, or as the list of requests and responses that the newer document shows. */
		submitAnswer: z.enum(['object', 'list']).default('object'),
		/** Whether the source's description may be read; else it is refused with 404. */
		offersMeta: z.boolean().default(true),
		/** Whether feedback may be sent about recipients' events; else it is refused with 409. */
		takesFeedback: z.boolean().default(true),
		/** In which form a recipient step delivers. */
		deliveryFormat: z.enum(['json', 'form', 'xml']).default('json'),
		/** A failed write is refused, or answered with 200 and `errors` in the document. */
		failedWrites: z.enum(['422', '200']).default('422'),
		/** Whether a lead is found by search as soon as it has been taken. */
		searchIsFresh: z.boolean().default(true),
	})
	.strict();

export type ActiveProspectSettings = z.output<typeof settingsSchema>;
