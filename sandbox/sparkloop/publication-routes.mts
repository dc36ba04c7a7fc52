import { z } from 'zod';
import { emptyAnswer, jsonAnswer } from '../http/answer.mts';
import { Refusal } from '../refusal.mts';
import type { Route } from '../vendor.mts';
import { checkBody, text } from './checks.mts';
import { listAnswer, readListQuery } from './paging.mts';
import { findStored, type SparkLoopState } from './state.mts';
import { freshId } from './subscribers.mts';

const largestLogo = 1_000_000;
const signatures: Record<string, string> = {
	'image/png': '89504e47',
	'image/jpeg': 'ffd8ff',
	'image/jpg': 'ffd8ff',
};

const listOf = z.array(text).min(1);

const changesSchema = z
	.object({
		name: text,
		categories: listOf.max(3),
		audience_gender: z.enum([
			'almost_all_male',
			'mainly_male',
			'mixed',
			'mainly_female',
			'almost_all_female',
		]),
		income_levels: listOf,
		age_ranges: listOf,
		logo: z.instanceof(File),
		description: text,
		list_id: text,
		status: z.enum(['active', 'archived']),
		auto_pilot: z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]),
	})
	.partial()
	.strict();

const createSchema = changesSchema.omit({ auto_pilot: true }).required({
	name: true,
	categories: true,
	audience_gender: true,
	income_levels: true,
	age_ranges: true,
	logo: true,
});

/**
 * A form as an object; ASSUMED: a name that ends in [] is an entry of a list (docs/vendors/sparkloop.md#publications).
 */
function objectOf(form: FormData): Record<string, unknown> {
	const entries: Record<string, unknown> = {};
	form.forEach((value, name) => {
		if (name.endsWith('[]')) entries[name.slice(0, -2)] = form.getAll(name);
		else entries[name] = value;
	});
	return entries;
}

async function checkLogo(logo: File): Promise<void> {
	if (logo.size >= largestLogo) throw new Refusal(400, 'Logo is too big!');
	const start = Buffer.from(await logo.slice(0, 4).arrayBuffer()).toString('hex');
	const expected = signatures[logo.type];
	if (!expected || !start.startsWith(expected)) throw new Refusal(400, 'Logo must be a png, jpg or jpeg!');
}

/** Publications, created by a form with a logo (docs/vendors/sparkloop.md#publications). */
export function publicationRoutes(state: SparkLoopState): Route[] {
	const { settings, statistics, random, clock } = state.context;
	const publicationsOf = (accountId: string) => state.organisation(accountId).partner.publications;
	const findIn = (accountId: string, id: string) => findStored(publicationsOf(accountId), 'Publication', id);

	const stored = ({ categories, logo, ...given }: z.output<typeof changesSchema>) => ({
		...given,
		...(categories && { partner_categories: categories }),
		...(logo && { logo_url: `https://files.sparkloop.example/${logo.name}`, logo_bytes: logo.size }),
	});

	return [
		{
			method: 'POST',
			path: '/publications',
			handle: async ({ account, body }) => {
				if (!(body instanceof FormData)) throw new Refusal(400, 'Logo blank!');
				const given = checkBody(createSchema, objectOf(body));
				await checkLogo(given.logo);
				const publication = {
					uuid: freshId(random, 'pub_'),
					...{ description: null, list_id: null, status: 'draft', auto_pilot: false },
					...stored(given),
					created_at: new Date(clock.now()).toISOString(),
				};
				publicationsOf(account.id).unshift(publication);
				statistics.countWrite('publication', given.name);
				return jsonAnswer(201, { publication });
			},
		},
		{
			method: 'GET',
			path: '/publications',
			handle: ({ account, query }) =>
				listAnswer('publications', publicationsOf(account.id), readListQuery(query).page, settings),
		},
		{
			method: 'GET',
			path: '/publications/:identifier',
			handle: ({ account, params }) =>
				jsonAnswer(200, { publication: findIn(account.id, params.identifier) }),
		},
		{
			method: 'PUT',
			path: '/publications/:identifier',
			handle: async ({ account, params, body }) => {
				const publication = findIn(account.id, params.identifier);
				const changes = checkBody(changesSchema, body instanceof FormData ? objectOf(body) : body);
				if (changes.logo) await checkLogo(changes.logo);
				Object.assign(publication, stored(changes));
				statistics.countWrite('update', publication.uuid);
				return jsonAnswer(200, { publication });
			},
		},
		{
			method: 'DELETE',
			path: '/publications/:identifier',
			handle: ({ account, params }) => {
				const publications = publicationsOf(account.id);
				publications.splice(publications.indexOf(findIn(account.id, params.identifier)), 1);
				return emptyAnswer(204);
			},
		},
	];
}
