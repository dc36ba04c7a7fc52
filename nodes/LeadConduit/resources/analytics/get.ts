import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { filterCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { withoutEmpty } from '../../../shared/data/values';
import { dateFields, dateInput } from '../dates';
import { flowFilter } from '../flow/fields';

/**
 * Which parameters are required is not stated, and all metrics come whichever is asked for
 * (docs/vendors/leadconduit.md#analytics).
 */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get analytics',
	description:
		'Retrieve how many leads came, were accepted, delivered and converted, and how good they were, one item per group',
	fields: [
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'string',
			required: true,
			default: 'source',
			placeholder: 'e.g. source',
			description:
				'What to group the leads by. The value of each group is in the field "group", as well as under this name.',
		},
		filterCollection([
			...dateFields,
			flowFilter,
			{
				displayName: 'Metric',
				name: 'metric',
				type: 'string',
				default: '',
				placeholder: 'e.g. conversion_rate',
				description: 'The metric you are interested in',
			},
		]),
	],
	input: z.object({
		groupBy: z.string().trim().min(1, 'is missing'),
		filters: z
			.object({ ...dateInput, flowId: z.string().optional(), metric: z.string().optional() })
			.default({}),
	}),
	safety: 'safe',
	run: async ({ groupBy, filters: { flowId, metric, startDate, endDate } }, send) => {
		const query = { flow_id: flowId, metric, group_by: groupBy, start_date: startDate, end_date: endDate };
		const answer = await send({ method: 'GET', path: ['analytics'], query });
		const { period } = answer as { period?: IDataObject };
		return listIn<IDataObject>(answer, 'metrics').map((row) => ({
			...row,
			groupBy,
			...withoutEmpty({ group: row[groupBy], startDate: period?.start_date, endDate: period?.end_date }),
		}));
	},
});
