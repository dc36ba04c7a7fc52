import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties } from '../shared/operation/properties';
import { runNode } from '../shared/operation/run';
import { getFlows, searchFlows } from './methods/flows';
import { getLeadFields } from './methods/leadFields';
import { searchLeads } from './methods/leads';
import { resources } from './resources';
import { leadConduit } from './vendor';

export class LeadConduit implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadConduit',
		name: 'leadConduit',
		icon: { light: 'file:../../icons/leadconduit.svg', dark: 'file:../../icons/leadconduit.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Submit leads to LeadConduit one by one or in batches, follow them, and read flows, events and analytics. For accounts with bearer keys and /api/v1; those with a key of account.activeprospect.com, which most have, need the ActiveProspect node.',
		defaults: { name: 'LeadConduit' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadConduitApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = {
		listSearch: { searchFlows, searchLeads },
		loadOptions: { getFlows },
		resourceMapping: { getLeadFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, leadConduit, resources);
	}
}
