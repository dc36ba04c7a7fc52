import type { INodeProperties } from 'n8n-workflow';

export const assigneeId: INodeProperties = {
	displayName: 'Assignee ID',
	name: 'assigneeId',
	type: 'string',
	default: '',
	placeholder: 'e.g. op_1',
	description: 'The ID of the operator whose conversation it is',
};
