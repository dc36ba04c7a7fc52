import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { apiRequest, type ApiRequest } from '../shared/operation/apiRequest';
import { nodeProperties } from '../shared/operation/properties';
import { runNode } from '../shared/operation/run';
import { cursorList, type ListPlace } from './lists';
import { listSearch } from './methods/listSearch';
import { auditLog } from './resources/auditLog';
import { contact } from './resources/contact';
import { conversation } from './resources/conversation';
import { knowledgeArticle } from './resources/knowledgeArticle';
import { message } from './resources/message';
import { note } from './resources/note';
import { subscription } from './resources/subscription';
import { webhook } from './resources/webhook';
import { workspace } from './resources/workspace';
import { leadiosa } from './vendor';

const anyList = cursorList<ApiRequest>((request) => request as ListPlace);

const resources = [
	conversation,
	message,
	contact,
	note,
	knowledgeArticle,
	webhook,
	auditLog,
	workspace,
	subscription,
	apiRequest(anyList),
];

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
