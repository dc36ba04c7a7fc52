import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { listOf } from '../../lists';
import { period } from '../pickers';

function outcomesOf(prefix: string): string[] {
	return ['submitted', 'success', 'failure', 'error'].map((outcome) => `${prefix}-${outcome}`);
}

/** The columns that are documented (docs/vendors/activeprospect.md#statistics). */
const COLUMNS = [
	'avg-cost-per-lead',
	'avg-revenue-per-lead',
	...outcomesOf('conversion-received'),
	...outcomesOf('conversion-sent'),
	'cost',
	'cost-per-conversion-received-success',
	'ping-submitted',
	'ping-success',
	'ping-success-rate',
	'ping-win-rate',
	'profit',
	...outcomesOf('recipient'),
	...outcomesOf('return-received'),
	...outcomesOf('return-sent'),
	'revenue',
	...outcomesOf('source'),
];

function label(column: string): string {
	return column
		.split('-')
		.map((word) => (word === 'per' ? word : word[0].toUpperCase() + word.slice(1)))
		.join(' ');
}

const INTERVALS = ['daily', 'hourly', 'minutely', 'monthly', 'weekly', 'yearly'];

export const getStatistics = operation({
	name: 'Get Statistics',
	value: 'getStatistics',
	action: 'Get statistics of events',
	description: 'Count leads, deliveries, feedback, costs and revenue over a period',
	fields: [
		{
			displayName: 'Columns',
			name: 'columns',
			type: 'multiOptions',
			required: true,
			options: COLUMNS.map((value) => ({ name: label(value), value })).sort((one, other) =>
				one.name.localeCompare(other.name),
			),
			default: ['source-submitted', 'source-success', 'source-failure', 'source-error'],
			description: 'The figures of each row',
		},
		...period,
	],
	options: [
		{
			displayName: 'Count Each Submission',
			name: 'countEachSubmission',
			type: 'boolean',
			default: false,
			description: 'Whether to count every submission instead of unique leads',
		},
		{
			displayName: 'Group By',
			name: 'groupBy',
			type: 'string',
			default: '',
			placeholder: 'e.g. vars.source.name',
			description: 'One or more paths of events, separated by commas; a row for each of their values',
		},
		{
			displayName: 'Interval',
			name: 'interval',
			type: 'options',
			options: INTERVALS.map((value) => ({ name: value[0].toUpperCase() + value.slice(1), value })),
			default: 'daily',
			description: 'A row for each of these, with its start and end',
		},
		{
			displayName: 'Time Zone',
			name: 'timezone',
			type: 'string',
			default: '',
			placeholder: 'e.g. America/Chicago',
			description: 'Where days begin, for the interval',
		},
	],
	input: z.object({
		columns: z.array(z.string()).min(1, 'must hold one column or more'),
		start: z.string(),
		end: z.string(),
		options: z
			.object({
				countEachSubmission: z.boolean().default(false),
				groupBy: z.string().optional(),
				interval: z.string().optional(),
				timezone: z.string().optional(),
			})
			.default({}),
	}),
	safety: 'safe',
	run: async ({ columns, start, end, options }, send) => {
		const groups = (options.groupBy ?? '')
			.split(',')
			.map((path) => path.trim())
			.filter(Boolean);
		return listOf(
			await send({
				method: 'GET',
				path: ['events', 'stats'],
				query: {
					column: columns,
					start,
					end,
					...(groups.length > 0 ? { group_by: groups } : {}),
					interval: options.interval,
					timezone: options.timezone,
					by_lead: options.countEachSubmission ? false : undefined,
				},
			}),
		);
	},
});
