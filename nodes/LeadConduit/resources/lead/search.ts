import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { DEFAULT_CONCURRENCY } from '../../../shared/operation/properties';
import { offsetPages, type OffsetPage } from '../../../shared/paging/offset';
import { listIn } from '../../../shared/paging/listIn';
import type { Send } from '../../../shared/transport/transport';
import { simplifyLead } from '../../lead';
import { PAGE_SIZE } from '../../lists';
import { flowFilter } from '../flow/fields';

const STATUSES = ['accepted', 'converted', 'delivered', 'failed', 'received', 'rejected'];

function recordId(row: IDataObject): string {
	return String(row.id);
}

/** A row is only a summary (docs/vendors/leadconduit.md#search): each lead in full, a few requests at a time. */
async function inFull(rows: IDataObject[], send: Send): Promise<IDataObject[]> {
	const leads: IDataObject[] = [];
	for (let first = 0; first < rows.length; first += DEFAULT_CONCURRENCY) {
		const some = rows.slice(first, first + DEFAULT_CONCURRENCY);
		const read = some.map(async (row) => await send({ method: 'GET', path: ['leads', recordId(row)] }));
		leads.push(...((await Promise.all(read)) as IDataObject[]));
	}
	return leads;
}

/** Searching gives summaries, by offset (docs/vendors/leadconduit.md#search). */
export const search = operation({
	name: 'Search',
	value: 'search',
	action: 'Search leads',
	description:
		'Find leads by flow, status, quality or date. Results are summaries without contact data, unless full leads are fetched.',
	fields: [
		filterCollection([
			{
				displayName: 'Created After',
				name: 'createdAfter',
				type: 'dateTime',
				default: '',
			},
			flowFilter,
			{
				displayName: 'Quality Score Below',
				name: 'qualityScoreBelow',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
				default: 0.5,
				description: 'Only leads of a lower quality than this, from 0 to 1',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'options',
				options: STATUSES.map((status) => ({
					name: status[0].toUpperCase() + status.slice(1),
					value: status,
				})),
				default: 'accepted',
			},
		]),
	],
	options: [
		{
			displayName: 'Fetch Full Leads',
			name: 'fetchFullLeads',
			type: 'boolean',
			default: false,
			description:
				'Whether to read each lead that is found, with its contact data and events; this takes one more request per lead',
		},
	],
	input: z.object({
		filters: z
			.object({
				createdAfter: z.string(),
				flowId: z.string(),
				qualityScoreBelow: z.number(),
				status: z.string(),
			})
			.partial()
			.default({}),
		options: z.object({ fetchFullLeads: z.boolean().default(false) }).default({}),
	}),
	safety: 'safe',
	list: {
		async *pages({ filters, options }, send, limit) {
			const fetch = async (take: number, skip: number): Promise<OffsetPage> => {
				const query = {
					flow_id: filters.flowId,
					created_after: filters.createdAfter,
					status: filters.status,
					quality_score_lt: filters.qualityScoreBelow,
					limit: take,
					offset: skip,
				};
				const answer = await send({ method: 'GET', path: ['leads'], query });
				return {
					records: listIn<IDataObject>(answer, 'leads'),
					total: (answer as IDataObject).total_count as number,
				};
			};
			const seen = new Set<string>();
			for await (const page of offsetPages({ fetch, recordId, pageSize: PAGE_SIZE }, limit)) {
				const fresh = page.filter((row) => !seen.has(recordId(row))).slice(0, limit - seen.size);
				fresh.forEach((row) => seen.add(recordId(row)));
				yield options.fetchFullLeads ? await inFull(fresh, send) : fresh;
			}
		},
		recordId,
	},
	simplify: simplifyLead,
});
