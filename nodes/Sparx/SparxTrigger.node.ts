import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import {
	ALL_EVENTS,
	deliveries,
	eventsSubtitle,
	triggerProperties,
	triggerVersions,
	wantedEvents,
} from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { registration, type Registration } from '../shared/webhook/registration';
import { eventNames, events } from './events';
import { sparx } from './vendor';
import { NEEDS_ADMIN, webhookApi } from './webhooks';

const BY_ADMIN =
	'An admin of the Sparx account makes the subscription: its URL is the production URL of this trigger, its events are those that you want. Enter the signing secret, which Sparx shows once, in the credential.';

/** The subscription of this trigger; none where an admin made it. All events are those that can be subscribed to. */
function subscription(context: IHookFunctions): Registration {
	const isManual = context.getNodeParameter('registration', 'automatic') === 'manual';
	const wanted = wantedEvents(context);
	const names = wanted.includes(ALL_EVENTS) ? eventNames : wanted.filter((name) => name !== 'other');
	const title = `n8n: ${context.getWorkflow().name ?? 'workflow'}`;
	return registration(context, sparx, (send) => (isManual ? undefined : webhookApi(send, title)), names, {
		403: NEEDS_ADMIN,
	});
}

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
					'<b>While building</b>, click "Listen for test event" and change something in Sparx: the test URL is registered for as long as n8n listens. <b>For live events</b>, publish the workflow: the production URL is registered until it is unpublished. Sparx can take half a minute to deliver.',
				active: 'Events from Sparx run this workflow by themselves; see the executions list.',
			},
			activationHint: 'Publishing the workflow registers its production URL in Sparx.',
		},
		properties: [
			{
				displayName: 'Registration',
				name: 'registration',
				type: 'options',
				options: [
					{
						name: 'Automatic',
						value: 'automatic',
						description: 'This trigger makes and removes its subscription; the API key needs the right to',
					},
					{
						name: 'Made by an Admin',
						value: 'manual',
						description: 'Somebody made the subscription in Sparx; this trigger only receives',
					},
				],
				default: 'automatic',
			},
			{
				displayName: BY_ADMIN,
				name: 'registrationNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { registration: ['manual'] } },
			},
			{
				displayName: 'Orders and customers have no events: use the Sparx Polling Trigger for them',
				name: 'eventsNotice',
				type: 'notice',
				default: '',
			},
			...triggerProperties(events, [
				{
					displayName: 'Max Age',
					name: 'maxAge',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 300,
					description: 'How many seconds old a delivery may be; an older one is acknowledged and dropped',
				},
			]),
			{
				displayName: 'Names of Other Events',
				name: 'otherEvents',
				type: 'string',
				default: '',
				placeholder: 'e.g. inventory.adjusted',
				description: "Separated by commas, in Sparx's own words. It refuses names that it does not know.",
				displayOptions: { show: { events: ['other'] } },
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await subscription(this).checkExists();
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await subscription(this).create();
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await subscription(this).delete();
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, sparx, events);
	}
}
