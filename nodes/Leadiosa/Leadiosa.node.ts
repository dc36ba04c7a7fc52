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
import { leadiosa } from './vendor';

export class Leadiosa implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Leadiosa',
		name: 'leadiosa',
		icon: { light: 'file:../../icons/leadiosa.svg', dark: 'file:../../icons/leadiosa.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with conversations, messages, contacts, notes and knowledge in Leadiosa',
		defaults: { name: 'Leadiosa' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadiosaApi', required: true }],
		properties: nodeProperties(resources),
	};

	methods = { listSearch };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runNode(this, leadiosa, resources);
	}
}
