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
import { listReading } from './lists';
import { listSearch } from './methods/listSearch';
import { campaign } from './resources/campaign';
import { offer } from './resources/offer';
import { partnerCampaign } from './resources/partnerCampaign';
import { partnerNetwork } from './resources/partnerNetwork';
import { partnerProfile } from './resources/partnerProfile';
import { partnerProgram } from './resources/partnerProgram';
import { publication } from './resources/publication';
import { recommendation } from './resources/recommendation';
import { subscriber } from './resources/subscriber';
import { upscribe } from './resources/upscribe';
import { webhook } from './resources/webhook';
import { sparkLoop } from './vendor';

const anyList = listReading<ApiRequest>(({ path, query }) => ({
	path,
	query: query as Record<string, string>,
}));

const resources = [
	subscriber,
	campaign,
	offer,
	partnerCampaign,
	partnerNetwork,
	partnerProfile,
	partnerProgram,
	publication,
	recommendation,
	upscribe,
	webhook,
	apiRequest(anyList),
];

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
