import type { INodeProperties } from 'n8n-workflow';

/** The kinds of event (docs/vendors/activeprospect.md#events). */
export const TYPES = {
	'feedback-received': 'Feedback Received',
	'feedback-sent': 'Feedback Sent',
	filter: 'Filter',
	recipient: 'Recipient',
	retry: 'Retry',
	source: 'Source',
};

const OUTCOMES = ['continue', 'error', 'failure', 'skip', 'stop', 'success'];

export const typesField: INodeProperties = {
	displayName: 'Types',
	name: 'types',
	type: 'multiOptions',
	options: Object.entries(TYPES).map(([value, name]) => ({ name, value })),
	default: [],
	description: 'A lead has one source event, and one recipient event for each delivery; empty for all',
};

export const outcomesField: INodeProperties = {
	displayName: 'Outcomes',
	name: 'outcomes',
	type: 'multiOptions',
	options: OUTCOMES.map((value) => ({ name: value[0].toUpperCase() + value.slice(1), value })),
	default: [],
	description: 'How the step ended; empty for all',
};
