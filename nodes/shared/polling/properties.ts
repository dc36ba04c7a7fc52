import type { INodeProperties } from 'n8n-workflow';
import type { PollSource } from './source';

/** The fields of a polling trigger; n8n adds when to poll. */
export function pollingProperties(sources: PollSource[]): INodeProperties[] {
	const [{ value: initial }] = sources;
	return [
		{
			displayName: 'Watch For',
			name: 'event',
			type: 'options',
			options: sources.map(({ name, value, description }) => ({ name, value, description })),
			default: initial,
			description: 'What starts the workflow. What is there already when the workflow is published does not.',
		},
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
	];
}
