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
import { sparkLoop } from './vendor';

export class SparkLoop implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SparkLoop',
		name: 'sparkLoop',
		icon: { light: 'file:../../icons/sparkloop.svg', dark: 'file:../../icons/sparkloop.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with subscribers, referrals, partner programs and offers in SparkLoop',
		defaults: { name: 'SparkLoop' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparkLoopApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, sparkLoop, resources);
	}
}
