import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { PagingError } from '../../../shared/paging/pagingError';
import { simplifyHit } from '../../lead';
import { flowFilter } from '../pickers';

const PAGE_SIZE = 100;

/** More cannot be reached (docs/vendors/activeprospect.md#search). */
const MAX_RESULTS = 1000;

const SORTABLE: Record<string, string> = {
	address_1: 'Address 1',
	city: 'City',
	email: 'Email',
	first_name: 'First Name',
	last_name: 'Last Name',
	lead_id: 'Lead ID',
	phone_1: 'Phone 1',
	phone_2: 'Phone 2',
	postal_code: 'Postal Code',
	reference: 'Reference',
	state: 'State',
	submission_timestamp: 'Submission Time',
};

export const search = operation({
	name: 'Search',
	value: 'search',
	action: 'Search leads',
	description:
		'Find leads of the account by words of their name, email, phone, address or reference. ActiveProspect gives at most 1,000; use Event > Get Many to read more.',
	fields: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			default: '',
			placeholder: 'e.g. ana@shop.example',
			description: 'Words that must all be found, or an exact phrase in quotation marks; empty for all leads',
		},
		filterCollection([flowFilter]),
	],
	options: [
		{
			displayName: 'Sort By',
			name: 'sortBy',
			type: 'options',
			options: Object.entries(SORTABLE).map(([value, name]) => ({ name, value })),
			default: 'submission_timestamp',
			description: 'What to sort by; without it the best match comes first',
		},
		{
			displayName: 'Sort Descending',
			name: 'sortDescending',
			type: 'boolean',
			default: false,
			description: 'Whether to sort from the greatest to the smallest',
		},
	],
	input: z.object({
		query: z.union([z.string(), z.number()]).transform(String).default(''),
		filters: z.object({ flowId: z.string() }).partial().default({}),
		options: z
			.object({ sortBy: z.string().optional(), sortDescending: z.boolean().default(false) })
			.default({}),
	}),
	safety: 'safe',
	list: {
		async *pages({ query, filters, options }, send, limit) {
			const sorting = options.sortBy
				? { sort_by: options.sortBy, sort_dir: options.sortDescending ? 'desc' : 'asc' }
				: {};
			// Rows of other flows are dropped here, so that one page may not be enough.
			const size = filters.flowId ? PAGE_SIZE : Math.min(PAGE_SIZE, limit);
			for (let from = 0; from < MAX_RESULTS; ) {
				const take = Math.min(size, MAX_RESULTS - from);
				const asked = { query: query || undefined, ...sorting, from, limit: take };
				const answer = await send({ method: 'GET', path: ['search', 'leads'], query: asked });
				const hits = listIn<IDataObject>(answer, 'hits');
				const total = Number((answer as IDataObject).total ?? 0);
				if (from === 0 && limit > MAX_RESULTS && total > MAX_RESULTS) {
					throw new PagingError(
						`${total} leads were found, and ActiveProspect gives no more than the first ${MAX_RESULTS}`,
						'Narrow the query, set a limit, or read leads with Event > Get Many.',
					);
				}
				yield hits.filter(({ flow_id: flow }) => !filters.flowId || flow === filters.flowId);
				from += hits.length;
				if (hits.length === 0 || from >= total) return;
			}
		},
		recordId: ({ lead_id }) => String(lead_id),
	},
	simplify: simplifyHit,
});
