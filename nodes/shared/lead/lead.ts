import { z } from 'zod';
import { withoutEmpty } from '../data/values';

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

/** Databases and models give null for what they do not know, and spreadsheets give numbers where texts are meant. */
function asText(value: unknown): unknown {
	if (value === null) return undefined;
	return typeof value === 'number' ? String(value) : value;
}

const givenText = z.preprocess(asText, text);

const textFields = Object.keys(leadSchema.shape).filter((name) => name !== 'customFields') as Array<
	Exclude<keyof Lead, 'customFields'>
>;

/** A lead as an expression may give it for writing: nothing has to be there, and null is as good as nothing. */
export const writableLeadSchema = z.object({
	...(Object.fromEntries(textFields.map((name) => [name, givenText])) as Record<
		(typeof textFields)[number],
		typeof givenText
	>),
	customFields: z.preprocess((value) => value ?? undefined, z.record(z.unknown()).optional()),
});

export type WritableLead = z.infer<typeof writableLeadSchema>;

/**
 * The value of a custom field for a platform whose fields hold single values: a list of such as `a, b`, anything else
 * that is nested as JSON. `undefined` for what says nothing: null, an empty list or object.
 */
export function flatValue(value: unknown): string | number | boolean | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'object') return String(value);
	const parts = Object.values(value);
	if (parts.length === 0) return undefined;
	const isPlainList =
		Array.isArray(value) && parts.every((part) => part !== null && typeof part !== 'object');
	return isPlainList ? parts.join(', ') : JSON.stringify(value);
}

/** Custom fields as single values, without those that say nothing. */
export function flatFields(
	customFields: Lead['customFields'] = {},
): Record<string, string | number | boolean> {
	const flat = Object.entries(customFields).map(([name, value]) => [name, flatValue(value)]);
	return Object.fromEntries(flat.filter(([, value]) => value !== undefined)) as ReturnType<typeof flatFields>;
}

/** The lead without what is unknown; an empty text is as good as none. */
export function compactLead(lead: Lead): Lead {
	return withoutEmpty(lead) as Lead;
}
