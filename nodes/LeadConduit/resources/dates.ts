import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';

function dateField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', typeOptions: { dateOnly: true }, default: '', description };
}

/** Events and analytics are asked for by whole days, unlike leads (docs/vendors/leadconduit.md). */
export const dateFields: INodeProperties[] = [
	dateField(
		'End Date',
		'endDate',
		'The last day. Of a time, the day counts that it is in the time zone of the workflow.',
	),
	dateField(
		'Start Date',
		'startDate',
		'The first day. Of a time, the day counts that it is in the time zone of the workflow.',
	),
];

/** What they may hold: `YYYY-MM-DD`. */
export const dateInput = { startDate: z.string().optional(), endDate: z.string().optional() };
