import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { poll } from '../shared/polling/poll';
import { pollingProperties } from '../shared/polling/properties';
import { listSearch } from './methods/listSearch';
import { ENTERED_LIST, sourcesFor, watchingFields } from './polling';
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
			'Looks for new or changed orders, customers, deals and members of lists in Sparx and starts the workflow with each',
		defaults: { name: 'Sparx Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparxApi', required: true }],
		properties: [...pollingProperties(sourcesFor({})), ...watchingFields],
	};

	methods = { listSearch: { searchLists: listSearch.searchLists } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		// n8n takes no value out of a field that is not shown.
		const isOfList = this.getNodeParameter('event') === ENTERED_LIST;
		const listId = isOfList ? String(this.getNodeParameter('listId', '', { extractValue: true })) : '';
		const includeOrderTotals = this.getNodeParameter('includeOrderTotals', false) as boolean;
		return await poll(this, sparx, sourcesFor({ listId, includeOrderTotals }));
	}
}
