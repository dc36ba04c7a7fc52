import { z, type ZodTypeAny } from 'zod';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';

export const text = z.string().min(1);
export const money = z.number().nonnegative();
export const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const countryCode = z.string().regex(/^[A-Z]{2}$/);

/**
 * The body as the schema has it; throws a 400 Refusal for anything else: unknown keys, null, empty texts, wrong types.
 * Stricter than the vendor may be, so that nothing is sent that it does not document.
 */
export function checkBody<Schema extends ZodTypeAny>(schema: Schema, body: unknown): z.output<Schema> {
	const checked = schema.safeParse(body instanceof FormData ? 'a form' : (body ?? {}));
	if (checked.success) return checked.data;
	const [{ path, message }] = checked.error.issues;
	throw new Refusal(400, `${path.join(' ') || 'Body'} ${message.toLowerCase()}!`);
}

/** Refuses query parameters that are unknown, repeated or empty. */
export function checkQuery(
	query: VendorRequest['query'],
	allowed: string[],
): Record<string, string | undefined> {
	for (const [name, value] of Object.entries(query)) {
		if (!allowed.includes(name)) throw new Refusal(400, `Unknown parameter ${name}!`);
		if (typeof value !== 'string' || value === '')
			throw new Refusal(400, `Parameter ${name} must be given once!`);
	}
	return query as Record<string, string | undefined>;
}

/** A query parameter that may hold one of a few words. */
export function checkChoice(name: string, value: string | undefined, choices: string[]): void {
	if (value !== undefined && !choices.includes(value))
		throw new Refusal(400, `Parameter ${name} is not valid!`);
}

/** Refuses a body where none belongs. */
export function checkNoBody(body: unknown): void {
	if (body !== undefined) throw new Refusal(400, 'Body must be empty!');
}
