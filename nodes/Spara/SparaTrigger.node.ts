import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { deliveries, eventsSubtitle, triggerProperties, triggerVersions } from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { events } from './events';
import { spara } from './vendor';

const WHERE_TO_PASTE =
	'Copy the production URL into Spara under Settings > Webhooks (role Integrator or Manager). With verification "Token in URL", add ?token= and your Webhook Secret to it. A Spara account has one webhook endpoint: use one Spara Trigger with all events, followed by a Switch.';

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
		webhooks: [deliveries],
		triggerPanel: {
			header: 'Receive events from Spara',
			executionsHelp: {
				inactive: `<b>While building</b>, click "Listen for test event" and have the test URL called, for example by a Spara workflow's API step. <b>For live events</b>, publish the workflow. ${WHERE_TO_PASTE}`,
				active: `Events from Spara run this workflow by themselves; see the executions list. ${WHERE_TO_PASTE}`,
			},
			activationHint: WHERE_TO_PASTE,
		},
		properties: [
			{ displayName: WHERE_TO_PASTE, name: 'registrationNotice', type: 'notice', default: '' },
			...triggerProperties(events, [
				{
					displayName: 'Fetch Lead',
					name: 'fetchLead',
					type: 'boolean',
					default: false,
					description:
						'Whether to read the whole lead from Spara and return it instead of what the event holds',
				},
			]),
		],
	};

	/** Spara has no API for webhooks (contract 6.1): a person registers the URL, and nothing is to be undone. */
	webhookMethods = {
		default: {
			checkExists: async (): Promise<boolean> => true,
			create: async (): Promise<boolean> => true,
			delete: async (): Promise<boolean> => true,
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, spara, events);
	}
}
