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
import { activeProspect } from './vendor';
import { registration, WHERE_TO_ENTER } from './webhooks';

export class ActiveProspectTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'ActiveProspect Trigger',
		name: 'activeProspectTrigger',
		icon: {
			light: 'file:../../icons/activeprospect.svg',
			dark: 'file:../../icons/activeprospect.dark.svg',
		},
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when a recipient step of a LeadConduit flow delivers a lead, and answers with its outcome',
		defaults: { name: 'ActiveProspect Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'activeProspectApi', required: true }],
		webhooks: [answeredDeliveries],
		triggerPanel: {
			header: 'Receive leads from a LeadConduit flow',
			executionsHelp: {
				inactive: `<b>While building</b>, click "Listen for test event" and have the test URL called. <b>For live leads</b>, publish the workflow. ${WHERE_TO_ENTER}`,
				active: `Leads that the flow delivers run this workflow by themselves; see the executions list. ${WHERE_TO_ENTER}`,
			},
			activationHint: WHERE_TO_ENTER,
		},
		properties: triggerProperties(activeProspect, events, registration),
	};

	webhookMethods = webhookMethods(activeProspect, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, activeProspect, events);
	}
}
