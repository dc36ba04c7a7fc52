import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { poll } from '../shared/polling/poll';
import { pollingProperties } from '../shared/polling/properties';
import { getFlows } from './methods/pickers';
import { filtersField, sourcesFor, type PolledFilters } from './polling';
import { activeProspect } from './vendor';

export class ActiveProspectPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveProspect Polling Trigger',
		name: 'activeProspectPollingTrigger',
		icon: {
			light: 'file:../../icons/activeprospect.svg',
			dark: 'file:../../icons/activeprospect.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Looks for new events of leads in LeadConduit and starts the workflow with each, without a step in the flow',
		defaults: { name: 'ActiveProspect Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'activeProspectApi', required: true }],
		properties: [...pollingProperties(sourcesFor({})), filtersField],
	};

	methods = { loadOptions: { getFlows } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		const filters = this.getNodeParameter('filters', {}) as PolledFilters;
		return await poll(this, activeProspect, sourcesFor(filters));
	}
}
