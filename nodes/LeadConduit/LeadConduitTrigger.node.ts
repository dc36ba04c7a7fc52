import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeProperties,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { eventsSubtitle, triggerProperties, triggerVersions } from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { registration, type Registration } from '../shared/webhook/registration';
import { events } from './events';
import { flowUrl, isEntered } from './webhooks';
import { searchFlows } from './methods/flows';
import { flowId } from './resources/flow/fields';
import { leadConduit } from './vendor';

const WHERE_TO_PASTE =
	"Copy the production URL into LeadConduit as the webhook URL in your flow's notifications, and the key of its signatures into the credential as Webhook Secret. A flow has one such URL.";

const registrationFields: INodeProperties[] = [
	{ displayName: WHERE_TO_PASTE, name: 'registrationNotice', type: 'notice', default: '' },
	{
		displayName: 'Register URL',
		name: 'registerUrl',
		type: 'boolean',
		default: false,
		description:
			"Whether to enter the production URL in the flow's settings when the workflow is activated, and to put back what was there when it is deactivated",
	},
	{ ...flowId, displayOptions: { show: { registerUrl: [true] } } },
	{
		displayName:
			'LeadConduit does not say whether settings that are left out of a change stay as they are. Try it with a flow that has other settings only once you know them.',
		name: 'replaceNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { registerUrl: [true] } },
	},
	{
		displayName: 'Previous URL',
		name: 'previousUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/webhook',
		description:
			"The webhook URL that the flow has now, to be put back, since LeadConduit does not show a flow's settings. Leave it empty if it has none.",
		displayOptions: { show: { registerUrl: [true] } },
	},
];

const answerOptions: INodeProperties[] = [
	{
		displayName: 'Max Age',
		name: 'maxAge',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 300,
		description:
			'How many seconds an event may be old, or ahead of the clock, to run the workflow. Older ones are acknowledged and dropped. LeadConduit may keep the time of an event when it delivers it again.',
	},
	{
		displayName: 'Outcome',
		name: 'outcome',
		type: 'options',
		options: [
			{ name: 'Error', value: 'error' },
			{ name: 'Failure', value: 'failure' },
			{ name: 'Success', value: 'success' },
		],
		default: 'success',
		description: 'What to answer with as the outcome, where the workflow is a delivery step of a flow',
	},
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'What to answer with as the price, beside the outcome',
	},
	{
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		description: 'What to answer with as the reason, beside the outcome',
	},
	{
		displayName: 'Respond',
		name: 'respond',
		type: 'options',
		options: [
			{ name: 'Immediately', value: 'onReceived', description: 'As soon as the event is accepted' },
			{
				name: 'When Last Node Finishes',
				value: 'lastNode',
				description:
					'With the first item of the last node, which is to hold outcome, and reason or price if there are any',
			},
		],
		default: 'onReceived',
		description: 'When to answer LeadConduit, and whether the workflow itself says what',
	},
	{
		displayName: 'Fetch Lead',
		name: 'fetchLead',
		type: 'boolean',
		default: false,
		description:
			'Whether to read the whole lead from LeadConduit and return it instead of what the event holds',
	},
];

/** @param isOn whether there is anything to be done at LeadConduit */
function registrationOf(context: IHookFunctions, isOn: boolean): Registration {
	// Both hidden while Register URL is off; what was entered before is remembered with its flow.
	const { value: flow = '' } = context.getNodeParameter('flowId', {}) as { value?: string };
	const previousUrl = context.getNodeParameter('previousUrl', '') as string;
	return registration(
		context,
		leadConduit,
		(send) => (isOn ? flowUrl(context, flow, previousUrl || undefined, send) : undefined),
		[],
		{
			403: 'This key may not change the settings of the flow. Turn off Register URL and enter the URL in LeadConduit by hand.',
		},
	);
}

/** Only the production URL is entered: a flow has room for one, and listening for a test event must not take it away. */
function isToBeEntered(context: IHookFunctions): boolean {
	return context.getNodeParameter('registerUrl', false) === true && context.getMode() !== 'manual';
}

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
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: '={{ $parameter["options"]["respond"] || "onReceived" }}',
				responseData: '={{ $parameter["options"]["respond"] === "lastNode" ? "firstEntryJson" : "" }}',
				path: 'webhook',
			},
		],
		triggerPanel: {
			header: 'Receive events from LeadConduit',
			executionsHelp: {
				inactive: `<b>While building</b>, click "Listen for test event" and have the test URL called. <b>For live events</b>, publish the workflow. ${WHERE_TO_PASTE}`,
				active: `Events from LeadConduit run this workflow by themselves; see the executions list. ${WHERE_TO_PASTE}`,
			},
			activationHint: WHERE_TO_PASTE,
		},
		properties: [...registrationFields, ...triggerProperties(events, answerOptions)],
	};

	methods = { listSearch: { searchFlows } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await registrationOf(this, isToBeEntered(this)).checkExists();
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await registrationOf(this, isToBeEntered(this)).create();
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await registrationOf(this, isEntered(this)).delete();
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, leadConduit, events);
	}
}
