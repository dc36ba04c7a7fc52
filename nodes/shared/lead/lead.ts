import { z } from 'zod';

const text = z.string().optional();

/**
 * The one lead: with Simplify on, a lead looks like this whichever platform it comes from, and every operation that
 * writes a lead accepts it. What a platform does not know is left out; its own fields are in `customFields`.
 */
export const leadSchema = z.object({
	platform: z.string().describe('The platform that the lead comes from, in lower case'),
	id: z.string().describe('The ID of the lead on that platform'),
	email: text,
	firstName: text,
	lastName: text,
	phone: text.describe('As the platform holds it; E.164 is recommended'),
	company: text.describe('The name of the company'),
	jobTitle: text,
	status: text.describe("The platform's own word for where the lead stands"),
	createdAt: text.describe('ISO 8601, UTC'),
	updatedAt: text.describe('ISO 8601, UTC'),
	url: text.describe("The lead's page in the platform's app"),
	customFields: z
		.record(z.unknown())
		.default({})
		.describe("Every other field, under the platform's own name"),
});

export type Lead = z.infer<typeof leadSchema>;

/** A lead as an expression may give it for writing: nothing has to be there. */
export const writableLeadSchema = leadSchema.partial();

export type WritableLead = z.infer<typeof writableLeadSchema>;

/** The lead without what is unknown; an empty text is as good as none. */
export function compactLead(lead: Lead): Lead {
	const known = Object.entries(lead).filter(
		([, value]) => value !== undefined && value !== null && value !== '',
	);
	return Object.fromEntries(known) as Lead;
}
