import { z } from 'zod';
import { errorShapes } from './errors.mts';

/** Spara's switches: one for each thing its documentation leaves open (docs/vendors/spara.md). */
export const settingsSchema = z
	.object({
		/** Which timestamp `start` and `end` filter. */
		filterField: z.enum(['created_at', 'updated_at']).default('created_at'),
		/** The order of a search, and so which 1,000 survive the cap. */
		sortOrder: z.enum(['newest', 'oldest', 'shuffled']).default('newest'),
		errorShape: z.enum(errorShapes).default('nested'),
		/** What PATCH and call answer with their 200: nothing, `{}` or `null`. */
		emptyBody: z.enum(['none', 'object', 'null']).default('none'),
		/** Which leads show integers and booleans as strings: none, one seeded lead in ten, or all. */
		textValues: z.enum(['none', 'some', 'all']).default('some'),
		/** A field never seen before: created on the fly, or refused with 422. */
		unknownFields: z.enum(['accept', 'refuse']).default('accept'),
		salesforceFields: z.enum(['writable', 'read-only']).default('writable'),
		unknownAgentStatus: z.union([z.literal(404), z.literal(400)]).default(404),
		/** From queued to ended; scaled. */
		callDurationMs: z.number().nonnegative().default(2000),
		/** Whether creating a lead through the API emits `lead.created`. */
		announceApiLeads: z.boolean().default(false),
		/** Where a delivery names its event: this member of the body, or this header. */
		eventKey: z.string().min(1).default('event'),
		eventIn: z.enum(['body', 'header']).default('body'),
		callEventName: z.string().min(1).default('voice_call.ended'),
		/** The member of the body that holds a delivery id; null for none. */
		eventIdKey: z.string().min(1).nullable().default(null),
		/** The field that identifies a create in the write counts: two creates with one value are a duplicate. */
		createIdentity: z.string().min(1).default('email'),
	})
	.strict();

export type SparaSettings = z.output<typeof settingsSchema>;
