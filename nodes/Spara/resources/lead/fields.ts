import type { INodeProperties } from 'n8n-workflow';

export const leadId: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. QX7R20MB',
	description: 'The ID of the lead in Spara, as returned by the other operations',
};
