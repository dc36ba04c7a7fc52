import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import {
	answeredDeliveries,
	eventsSubtitle,
	triggerProperties,
	triggerVersions,
} from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { webhookMethods } from '../shared/webhook/registration';
import { events } from './events';
import { searchFlows } from './methods/flows';
import { leadConduit } from './vendor';
import { registration } from './webhooks';

export class LeadConduitTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'LeadConduit Trigger',
		name: 'leadConduitTrigger',
		icon: { light: 'file:../../icons/leadconduit.svg', dark: 'file:../../icons/leadconduit.dark.svg' },
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when a lead is received, accepted, rejected, delivered, failed or converted in LeadConduit',
		defaults: { name: 'LeadConduit Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadConduitApi', required: true }],
		webhooks: [answeredDeliveries],
		triggerPanel: {
			header: 'Receive events from LeadConduit',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and have the test URL called. <b>For live events</b>, publish the workflow and enter its production URL in LeadConduit: the note among the parameters says where.',
				active:
					'Events from LeadConduit run this workflow by themselves; look for them in the executions, not here.',
			},
			activationHint:
				'Once the workflow is published, enter its production URL in LeadConduit: the note among the parameters says where.',
		},
		properties: triggerProperties(leadConduit, events, registration),
	};

	methods = { listSearch: { searchFlows } };

	webhookMethods = webhookMethods(leadConduit, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, leadConduit, events);
	}
}
