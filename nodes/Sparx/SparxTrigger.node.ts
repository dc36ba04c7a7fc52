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
import { sparx } from './vendor';
import { registration } from './webhooks';

export class SparxTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Sparx Trigger',
		name: 'sparxTrigger',
		icon: { light: 'file:../../icons/sparx.svg', dark: 'file:../../icons/sparx.dark.svg' },
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description: 'Starts the workflow when content, media or redirects change in Sparx',
		defaults: { name: 'Sparx Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparxApi', required: true }],
		webhooks: [deliveries],
		triggerPanel: {
			header: 'Receive events from Sparx',
			executionsHelp: {
				inactive:
					'<b>While building</b>, click "Execute step" and change something in Sparx: the test URL is registered for as long as n8n listens. <b>For live events</b>, publish the workflow: the production URL is registered until it is unpublished. Sparx can take half a minute to deliver.',
				active:
					'Events from Sparx run this workflow by themselves; look for them in the executions, not here.',
			},
			activationHint: 'Publishing the workflow registers its production URL in Sparx.',
		},
		properties: triggerProperties(sparx, events, registration),
	};

	webhookMethods = webhookMethods(sparx, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, sparx, events);
	}
}
