import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

/** Events and analytics are asked for by whole days (docs/vendors/leadconduit.md#flow-events), unlike leads. */
export const dateFields: INodeProperties[] = [
	{
		displayName: 'End Date',
		name: 'endDate',
		type: 'dateTime',
		default: '',
		description: 'The last day, in UTC; the time of day does not matter',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		default: '',
		description: 'The first day, in UTC; the time of day does not matter',
	},
];

/** What they may hold: `YYYY-MM-DD`. */
const date = z.string().transform((time) => time.slice(0, 10));

export const dateInput = { startDate: date.optional(), endDate: date.optional() };
