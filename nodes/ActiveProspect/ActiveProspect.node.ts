import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties } from '../shared/operation/properties';
import { runNode } from '../shared/operation/run';
import { getLeadFields } from './methods/leadFields';
import {
	getFlows,
	getRecipients,
	getSources,
	searchFlows,
	searchLists,
	searchReports,
	searchSources,
} from './methods/pickers';
import { resources } from './resources';
import { activeProspect } from './vendor';

export class ActiveProspect implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveProspect',
		name: 'activeProspect',
		icon: {
			light: 'file:../../icons/activeprospect.svg',
			dark: 'file:../../icons/activeprospect.dark.svg',
		},
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Submit and ping leads in LeadConduit flows, send feedback, read events and caps, and check suppression lists. For accounts with a key of account.activeprospect.com, which most have; those with bearer keys and /api/v1 need the LeadConduit node.',
		defaults: { name: 'ActiveProspect' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'activeProspectApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = {
		listSearch: { searchFlows, searchLists, searchReports, searchSources },
		loadOptions: { getFlows, getRecipients, getSources },
		resourceMapping: { getLeadFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, activeProspect, resources);
	}
}
