import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { poll } from '../shared/polling/poll';
import { pollingProperties } from '../shared/polling/properties';
import { sources } from './polling';
import { sparx } from './vendor';

export class SparxPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sparx Polling Trigger',
		name: 'sparxPollingTrigger',
		icon: { light: 'file:../../icons/sparx.svg', dark: 'file:../../icons/sparx.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["event"] }}',
		description:
			'Looks for new or changed orders, customers and deals in Sparx and starts the workflow with each',
		defaults: { name: 'Sparx Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparxApi', required: true }],
		properties: pollingProperties(sources),
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this, sparx, sources);
	}
}
