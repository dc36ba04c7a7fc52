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
import { spara } from './vendor';
import { registration } from './webhooks';

export class SparaTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Spara Trigger',
		name: 'sparaTrigger',
		icon: { light: 'file:../../icons/spara.svg', dark: 'file:../../icons/spara.dark.svg' },
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when a lead is created or changed in Spara, or a voice call has ended',
		defaults: { name: 'Spara Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparaApi', required: true }],
		webhooks: [answeredDeliveries],
		triggerPanel: {
			header: 'Receive events from Spara',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and have the test URL called, for example by a Spara workflow\'s API step. <b>For live events</b>, publish the workflow and enter its production URL in Spara: the note among the parameters says where.',
				active:
					'Events from Spara run this workflow by themselves; look for them in the executions, not here.',
			},
			activationHint:
				'Once the workflow is published, enter its production URL in Spara: the note among the parameters says where.',
		},
		properties: triggerProperties(spara, events, registration),
	};

	webhookMethods = webhookMethods(spara, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, spara, events);
	}
}
