import type { IDataObject, IHookFunctions, INodeProperties } from 'n8n-workflow';
import type { Send } from '../shared/transport/transport';
import { isAtOtherOrigin, type WebhookApi } from '../shared/webhook/lifecycle';
import type { WebhookRegistration } from '../shared/webhook/registration';
import { flowId } from './resources/flow/fields';

const WHERE_TO_PASTE =
	"Copy the production URL into LeadConduit as the webhook URL in your flow's notifications, and the key of its signatures into the credential as Webhook Secret. A flow has one such URL.";

const registrationFields: INodeProperties[] = [
	{
		displayName: `For accounts with bearer keys and /api/v1; those with a key of account.activeprospect.com need the ActiveProspect Trigger. ${WHERE_TO_PASTE}`,
		name: 'registrationNotice',
		type: 'notice',
		default: '',
	},
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

/** What stood in a flow's notifications before our URL did. */
interface Overwritten {
	flowId: string;
	url: string;
	notifications: IDataObject;
}

/** Whether a URL of the trigger in production stands in a flow by our doing, this one or that of an earlier address. */
function isEntered(context: IHookFunctions): boolean {
	const staticData = context.getWorkflowStaticData('node');
	const url = context.getNodeWebhookUrl('default') as string;
	const overwritten = staticData.overwritten as unknown as Overwritten | undefined;
	return overwritten?.url === url || isAtOtherOrigin(staticData, url);
}

/**
 * A flow's one URL for events as an API for webhooks (docs/vendors/leadconduit.md#webhooks). That URL is overwritten,
 * so what stood there before is remembered and put back: as the flow shows it where it does so, else as the user
 * states it.
 */
function flowUrl(
	context: IHookFunctions,
	flowId: string,
	previousUrl: string | undefined,
	send: Send,
): WebhookApi {
	const staticData = context.getWorkflowStaticData('node');
	const overwritten = (): Overwritten | undefined =>
		staticData.overwritten as unknown as Overwritten | undefined;

	/** Undocumented, so `undefined` is the common case. */
	const shownNotifications = async (id: string): Promise<IDataObject | undefined> => {
		const flow = (await send({ method: 'GET', path: ['flows', id], safety: 'safe' })) as IDataObject;
		return (flow.settings as IDataObject | undefined)?.notifications as IDataObject | undefined;
	};
	const write = async (id: string, notifications: IDataObject): Promise<void> => {
		await send({ method: 'PUT', path: ['flows', id, 'settings'], body: { settings: { notifications } } });
	};

	/** What is remembered, as long as our URL stands in the flow. */
	const ours = (id: string, shown: IDataObject | undefined): Overwritten | undefined => {
		const remembered = overwritten();
		const isOurs = remembered?.flowId === id && (!shown || shown.webhook_url === remembered.url);
		return isOurs ? remembered : undefined;
	};
	const stated = previousUrl ? { webhook_url: previousUrl } : {};

	return {
		makesSecret: false,
		// Our URL in a flow counts only together with what is to be put back: n8n may have been killed between the two.
		list: async () => {
			if (flowId === '') return [];
			const entered = ours(flowId, await shownNotifications(flowId));
			return entered ? [{ id: flowId, url: entered.url, events: [] }] : [];
		},
		create: async (url) => {
			const shown = await shownNotifications(flowId);
			const current = shown ?? stated;
			const { webhook_url: currentUrl, ...others } = current;
			const before = currentUrl === url ? { ...others, ...stated } : current;
			const notifications = ours(flowId, shown)?.notifications ?? before;
			staticData.overwritten = { flowId, url, notifications } satisfies Overwritten as unknown as IDataObject;
			await write(flowId, { ...current, webhook_url: url });
			return { id: flowId };
		},
		update: async () => {},
		remove: async (id) => {
			const entered = ours(id, await shownNotifications(id));
			if (entered) await write(id, entered.notifications);
			delete staticData.overwritten;
		},
	};
}

/** Only the production URL is entered: a flow has room for one, and listening for a test event must not take it away. */
function isToBeEntered(context: IHookFunctions): boolean {
	return context.getNodeParameter('registerUrl', false) === true && context.getMode() !== 'manual';
}

/** A flow has one URL for all its events; the user enters it by hand, or has it entered and put back. */
export const registration: WebhookRegistration = {
	fields: registrationFields,
	advice: {
		403: 'This key may not change the settings of the flow. Turn off Register URL and enter the URL in LeadConduit by hand.',
	},
	events: () => [],
	api: ({ context, send, isRemoval }) => {
		if (!(isRemoval ? isEntered(context) : isToBeEntered(context))) return undefined;
		// Both are hidden while Register URL is off; what was entered before is remembered with its flow.
		const { value: flow = '' } = context.getNodeParameter('flowId', {}) as { value?: string };
		const previousUrl = context.getNodeParameter('previousUrl', '') as string;
		return flowUrl(context, flow, previousUrl || undefined, send);
	},
};
