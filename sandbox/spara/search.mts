import type { Random } from '../random.mts';
import { Refusal } from '../refusal.mts';
import type { VendorRequest } from '../vendor.mts';
import type { Lead, Organisation } from './leads.mts';
import type { SparaSettings } from './settings.mts';

/** No answer holds more leads, and nothing in it says that there were more (docs/vendors/spara.md#search). */
export const searchCap = 1000;

const parameters = ['email', 'start', 'end'];

interface Search {
	email?: string;
	/** Epoch seconds, both inclusive against the leads' sub-second times. */
	start: number;
	end: number;
}

/** Reads the query of a search; throws a 400 Refusal for anything unknown, repeated, empty or not an integer. */
export function readSearch(query: VendorRequest['query']): Search {
	for (const [name, value] of Object.entries(query)) {
		if (!parameters.includes(name))
			throw new Refusal(400, `Unknown query parameter '${name}'`, { field: name });
		if (typeof value !== 'string' || value === '') {
			throw new Refusal(400, `Query parameter '${name}' must be given once and not empty`, { field: name });
		}
	}
	const { email, start, end } = query as Record<string, string | undefined>;
	return { email, start: readSecond('start', start) ?? -Infinity, end: readSecond('end', end) ?? Infinity };
}

function readSecond(field: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	if (!/^-?\d+$/.test(value))
		throw new Refusal(400, `Query parameter '${field}' must be an integer`, { field });
	return Number(value);
}

/** The leads found, at most `searchCap`, in the order of the settings (docs/vendors/spara.md#search). */
export function searchLeads(
	organisation: Organisation,
	{ email, start, end }: Search,
	{ filterField, sortOrder }: Readonly<SparaSettings>,
	random: Random,
): Lead[] {
	const inPeriod = organisation.leads[filterField].between(start * 1000, end * 1000);
	const found = email === undefined ? inPeriod : matchEmail(organisation, email, inPeriod);
	switch (sortOrder) {
		case 'oldest':
			return found.slice(0, searchCap);
		case 'newest':
			return found.slice(-searchCap).reverse();
		case 'shuffled':
			return drawAtRandom(found, random);
	}
}

function matchEmail(organisation: Organisation, email: string, inPeriod: Lead[]): Lead[] {
	const matching = new Set(organisation.withEmail(email));
	return matching.size === 0 ? [] : inPeriod.filter((lead) => matching.has(lead));
}

/** The first `searchCap` of a Fisher-Yates shuffle. */
function drawAtRandom(leads: Lead[], random: Random): Lead[] {
	const drawn = leads.slice();
	const count = Math.min(searchCap, drawn.length);
	for (let place = 0; place < count; place++) {
		const chosen = place + random.integer(drawn.length - place);
		[drawn[place], drawn[chosen]] = [drawn[chosen], drawn[place]];
	}
	return drawn.slice(0, count);
}
