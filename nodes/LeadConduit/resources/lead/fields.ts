import type { INodeProperties } from 'n8n-workflow';

export const leadId: INodeProperties = {
	displayName: 'Lead ID',
	name: 'leadId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. lead_7f21',
	description: 'The ID of the lead in LeadConduit, as returned by the other operations',
};
