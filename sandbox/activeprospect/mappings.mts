/** One line of a step's settings, as a person enters it (docs/vendors/activeprospect.md#recipient-steps). */
export interface Mapping {
	property: string;
	value: string;
}

type Vars = Record<string, unknown>;

const at = (vars: Vars, path: string): unknown =>
	path.split('.').reduce<unknown>((value, key) => (value as Vars | null | undefined)?.[key], vars);

/** A template with its values filled in; one that is not there is an empty text. */
const rendered = (template: string, vars: Vars): string =>
	template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_whole, path: string) => String(at(vars, path) ?? ''));

/** `prefix.` and what follows it, with the value filled in. */
function filled(mappings: Mapping[], prefix: string, vars: Vars): Array<[string, string]> {
	return mappings
		.filter(({ property }) => property.startsWith(`${prefix}.`))
		.map(({ property, value }) => [property.slice(prefix.length + 1), rendered(value, vars)]);
}

/** The body of a Custom JSON step: nothing but what is mapped, each value a text. */
export function bodyOf(mappings: Mapping[], vars: Vars): Vars {
	const body: Vars = {};
	for (const [path, value] of filled(mappings, 'json_property', vars)) {
		const keys = path.split('.');
		const last = keys.pop() as string;
		let place = body;
		for (const key of keys) place = (place[key] ??= {}) as Vars;
		place[last] = value;
	}
	return body;
}

export const headersOf = (mappings: Mapping[], vars: Vars): Record<string, string> =>
	Object.fromEntries(
		filled(mappings, 'header', vars).map(([name, value]) => [name.toLowerCase(), value] as const),
	);

/** Why the module refuses to call at all; the step is then skipped. */
export function refusalOf(mappings: Mapping[]): string | undefined {
	const refused = mappings.find(({ property }) => /^header\.(content-length|accept)$/i.test(property));
	if (refused) return `${refused.property} may not be set`;
	const type = mappings.find(({ property }) => /^header\.content-type$/i.test(property));
	return type && !type.value.includes('json') ? 'header.Content-Type must contain json' : undefined;
}

/** What a step makes of an answer that is no server error. */
export interface ReadAnswer {
	outcome: 'success' | 'failure';
	reason: string | null;
	price?: number;
	reference?: string;
}

/**
 * The mapped parts of an answer (docs/vendors/activeprospect.md#what-a-recipient-step-makes-of-an-answer): the term is a
 * partial regular expression without regard to case; without one everything is success.
 */
export function readAnswer(mappings: Mapping[], body: unknown): ReadAnswer {
	const setting = (name: string): string | undefined =>
		mappings.find(({ property }) => property === name)?.value;
	const valueAt = (name: string): unknown => {
		const path = setting(name);
		return path === undefined ? undefined : at((body ?? {}) as Vars, path);
	};
	const term = setting('outcome_search_term');
	const price = Number(valueAt('price_path') ?? setting('fallback_price') ?? NaN);
	const reference = valueAt('reference_path');
	const more = {
		...(Number.isNaN(price) ? {} : { price }),
		...(reference === undefined ? {} : { reference: String(reference) }),
	};
	const searched = setting('outcome_search_path') === undefined ? body : valueAt('outcome_search_path');
	const text = typeof searched === 'string' ? searched : JSON.stringify(searched ?? '');
	const isMatch =
		term === undefined || new RegExp(term, 'i').test(text) === (setting('outcome_on_match') !== 'failure');
	if (isMatch) return { outcome: 'success', reason: null, ...more };
	const reason = valueAt('reason_path') ?? setting('default_reason') ?? 'no match';
	return { outcome: 'failure', reason: String(reason), ...more };
}
