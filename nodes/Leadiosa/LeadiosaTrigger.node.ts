import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { deliveries, eventsSubtitle, triggerProperties, triggerVersions } from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { webhookMethods } from '../shared/webhook/registration';
import { events } from './events';
import { leadiosa } from './vendor';
import { registration } from './webhooks';

export class LeadiosaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Leadiosa Trigger',
		name: 'leadiosaTrigger',
		icon: { light: 'file:../../icons/leadiosa.svg', dark: 'file:../../icons/leadiosa.dark.svg' },
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow on conversations, messages, contacts, AI handoffs and operators in Leadiosa',
		defaults: { name: 'Leadiosa Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'leadiosaApi', required: true }],
		webhooks: [deliveries],
		triggerPanel: {
			header: 'Receive events from Leadiosa',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step": the test URL is registered at Leadiosa until the event has come. <b>For live events</b>, publish the workflow: the production URL is registered by itself.',
				active:
					'Events from Leadiosa run this workflow by themselves; look for them in the executions, not here. The production URL is registered at Leadiosa under Settings > Integrations > Webhooks (or Settings > Webhooks).',
			},
			activationHint:
				'Publish the workflow: it registers itself at Leadiosa. The URL of this n8n must be a public https address.',
		},
		properties: triggerProperties(leadiosa, events, registration),
	};

	webhookMethods = webhookMethods(leadiosa, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, leadiosa, events);
	}
}
