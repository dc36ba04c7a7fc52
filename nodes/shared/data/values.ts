/** Whether a value says nothing: undefined, null or an empty text. Zero and false say something. */
export function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Whether a value says nothing, or is a list or an object without entries. */
export function holdsNothing(value: unknown): boolean {
	if (isEmpty(value)) return true;
	return typeof value === 'object' && !(value instanceof Date) && Object.keys(value as object).length === 0;
}

/** A copy of an object without the entries that say nothing. */
export function withoutEmpty<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value))) as Partial<Values>;
}

/** A copy of an object without the entries that are undefined; null and empty texts stay. */
export function withoutUndefined<Values extends object>(values: Values): Partial<Values> {
	return Object.fromEntries(
		Object.entries(values).filter(([, value]) => value !== undefined),
	) as Partial<Values>;
}

/** A value of an answer as a text, whatever its type; undefined where there is none. */
export function text(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

/** The first of some values that is a text and not empty: for facts whose place in an answer is not documented. */
export function firstText(...candidates: unknown[]): string | undefined {
	return candidates.find(
		(candidate): candidate is string => typeof candidate === 'string' && candidate !== '',
	);
}

/** A time that a vendor writes as a text, as ISO 8601 in UTC with milliseconds; undefined where it cannot be read. */
export function isoTime(value: unknown): string | undefined {
	const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
