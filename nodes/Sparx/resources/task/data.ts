import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { choiceField, noteField, textField, timeField } from '../fields';

const text = z.string().trim().optional();

/** What a task has beside title and owner (docs/vendors/sparx.md, Tasks). */
export const taskFields: INodeProperties[] = [
	textField('Customer ID', 'customerId'),
	textField('Deal ID', 'dealId'),
	noteField('Description', 'description'),
	timeField('Due At', 'dueAt'),
	choiceField(
		'Priority',
		'priority',
		[
			['High', 'high'],
			['Low', 'low'],
			['Medium', 'medium'],
			['Urgent', 'urgent'],
		],
		'medium',
	),
];

export const taskInput = { customerId: text, dealId: text, description: text, dueAt: text, priority: text };

export const statusField: INodeProperties = choiceField(
	'Status',
	'status',
	[
		['Cancelled', 'cancelled'],
		['Completed', 'completed'],
		['Open', 'open'],
	],
	'open',
);
