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
import { spara } from './vendor';

export class Spara implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spara',
		name: 'spara',
		icon: { light: 'file:../../icons/spara.svg', dark: 'file:../../icons/spara.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Search, create, update and call leads in Spara',
		defaults: { name: 'Spara' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparaApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, spara, resources);
	}
}
