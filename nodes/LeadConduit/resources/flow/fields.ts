import type { INodeProperties } from 'n8n-workflow';

/** The flow that an operation is about. */
export const flowId: INodeProperties = {
	displayName: 'Flow',
	name: 'flowId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The flow in LeadConduit',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchFlows', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. flow_a1' },
	],
};

/** The same as an optional filter. */
export const flowFilter: INodeProperties = {
	displayName: 'Flow Name or ID',
	name: 'flowId',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getFlows' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};
