import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { deliveries, eventsSubtitle, triggerProperties, triggerVersions } from '../shared/webhook/properties';
import { receive } from '../shared/webhook/receive';
import { events } from './events';
import { triggerRegistration } from './registration';
import { sparkLoop } from './vendor';

const BY_HAND =
	'Add the production URL in SparkLoop under Account Settings > Integrations > Webhooks and choose there the events that you chose here.';

const NOT_REGISTRABLE =
	'SparkLoop\'s API cannot register "New Offer Lead", "New Partner Pending Referral" and "Subscriber Synced". To receive them, add the production URL in SparkLoop under Account Settings > Integrations > Webhooks as a webhook of its own with these events only. The node registers the others by itself.';

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
				inactive: `<b>While building</b>, click "Listen for test event"; the test URL is registered at SparkLoop meanwhile. Then cause an event, or choose "Send test webhook" in the menu of the URL in SparkLoop. <b>For live events</b>, publish the workflow. ${NEEDS_TOKEN}`,
				active: `Events from SparkLoop run this workflow by themselves; see the executions list. ${NEEDS_TOKEN}`,
			},
			activationHint: `Publish the workflow to receive live events. ${NEEDS_TOKEN}`,
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
						description: "The node registers its URL through SparkLoop's API",
					},
					{ name: 'By Hand', value: 'manual', description: 'You add the URL in SparkLoop yourself' },
				],
				default: 'automatic',
			},
			{
				displayName: BY_HAND,
				name: 'manualNotice',
				type: 'notice',
				default: '',
				displayOptions: { show: { registration: ['manual'] } },
			},
			...triggerProperties(events),
			{
				displayName: NOT_REGISTRABLE,
				name: 'notRegistrableNotice',
				type: 'notice',
				default: '',
				displayOptions: {
					show: {
						registration: ['automatic'],
						events: ['*', 'new_offer_lead', 'new_partner_pending_referral', 'sync_subscriber'],
					},
				},
			},
		],
	};

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await triggerRegistration(this).checkExists();
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await triggerRegistration(this).create();
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await triggerRegistration(this).delete();
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this, sparkLoop, events);
	}
}
