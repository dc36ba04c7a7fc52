import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { nodeProperties } from '../shared/operation/properties';
import { runNode } from '../shared/operation/run';
import { listSearch } from './methods/listSearch';
import { resources } from './resources';
import { sparx } from './vendor';

export class Sparx implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sparx',
		name: 'sparx',
		icon: { light: 'file:../../icons/sparx.svg', dark: 'file:../../icons/sparx.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Create and read orders, customers, companies, deals, tasks, payments and refunds in Sparx',
		defaults: { name: 'Sparx' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparxApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, sparx, resources);
	}
}
