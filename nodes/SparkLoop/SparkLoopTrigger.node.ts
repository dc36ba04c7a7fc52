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
import { sparkLoop } from './vendor';
import { registration } from './webhooks';

const NEEDS_TOKEN =
	'Copy the token from the Webhooks page in SparkLoop into the credential: without it every event is refused.';

export class SparkLoopTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SparkLoop Trigger',
		name: 'sparkLoopTrigger',
		icon: { light: 'file:../../icons/sparkloop.svg', dark: 'file:../../icons/sparkloop.dark.svg' },
		group: ['trigger'],
		version: triggerVersions,
		subtitle: eventsSubtitle,
		description:
			'Starts the workflow when somebody is referred, earns a reward or comes through an offer in SparkLoop',
		defaults: { name: 'SparkLoop Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'sparkLoopApi', required: true }],
		webhooks: [deliveries],
		triggerPanel: {
			header: 'Receive events from SparkLoop',
			executionsHelp: {
				inactive: `<b>While building</b>, click "Execute step"; the test URL is registered at SparkLoop meanwhile. Then cause an event, or choose "Send test webhook" in the menu of the URL in SparkLoop. <b>For live events</b>, publish the workflow. ${NEEDS_TOKEN}`,
				active:
					'Events from SparkLoop run this workflow by themselves; look for them in the executions, not here.',
			},
			activationHint: `Publish the workflow to receive live events. ${NEEDS_TOKEN}`,
		},
		properties: triggerProperties(sparkLoop, events, registration),
	};

	webhookMethods = webhookMethods(sparkLoop, registration, events);

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, sparkLoop, events);
	}
}
