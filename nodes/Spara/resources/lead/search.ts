import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { timeWindows } from '../../../shared/paging/timeWindows';
import { systemClock } from '../../../shared/clock';
import { simplifyLead } from '../../lead';

/** The most leads in one answer (docs/vendors/spara.md#search); there are no pages. */
const CAP = 1000;

function epochSeconds(time: unknown): number {
	return Math.floor(Date.parse(String(time)) / 1000);
}

const optionalTime = z.string().transform(epochSeconds).optional();

/** More leads than one answer holds are read by halving the time window (docs/vendors/spara.md#search). */
export const search = operation({
	name: 'Search',
	value: 'search',
	action: 'Search leads',
	description: 'Find leads by email or date. The order of the results is not defined.',
	fields: [
		filterCollection([
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'name@email.com',
				description: 'The whole email, in upper or lower case',
			},
			{
				displayName: 'End Date',
				name: 'end',
				type: 'dateTime',
				default: '',
				description:
					'Leads up to and including this second. Spara does not say whether it compares when a lead was created or last changed.',
			},
			{
				displayName: 'Start Date',
				name: 'start',
				type: 'dateTime',
				default: '',
				description:
					'Leads from this second on. Spara does not say whether it compares when a lead was created or last changed.',
			},
		]),
	],
	input: z.object({
		filters: z
			.object({ email: z.string().trim().optional(), start: optionalTime, end: optionalTime })
			.default({}),
	}),
	safety: 'safe',
	list: {
		pages: ({ filters: { email, start, end } }, send) =>
			timeWindows({
				fetch: async (from, to) => {
					const query = { email, start: from, end: to };
					return listIn<IDataObject>(await send({ method: 'GET', path: ['leads', 'search'], query }), 'data');
				},
				recordId: ({ id }) => String(id),
				timesOf: (lead) => [epochSeconds(lead.created_at)],
				cap: CAP,
				start,
				end,
				now: () => Math.floor(systemClock.now() / 1000),
				noun: 'leads',
			}),
		recordId: ({ id }) => String(id),
		version: (lead) => String(lead.updated_at ?? ''),
	},
	simplify: simplifyLead,
});
