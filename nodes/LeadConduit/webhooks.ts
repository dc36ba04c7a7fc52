import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import type { Send } from '../shared/transport/transport';
import type { WebhookApi } from '../shared/webhook/lifecycle';

/** What stood in a flow's notifications before our URL did. */
interface Overwritten {
	flowId: string;
	url: string;
	notifications: IDataObject;
}

/** Whether this very URL of the trigger stands in a flow by our doing; a test run has another one. */
export function isEntered(context: IHookFunctions): boolean {
	const { overwritten } = context.getWorkflowStaticData('node');
	return (overwritten as unknown as Overwritten | undefined)?.url === context.getNodeWebhookUrl('default');
}

/**
 * A flow's one URL for events as an API for webhooks (contract 2.9 and 6). That URL is overwritten, so what stood
 * there before is remembered and put back: as the flow shows it where it does so, else as the user states it.
 */
export function flowUrl(
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

	return {
		makesSecret: false,
		list: async () => {
			if (flowId === '') return [];
			const shown = await shownNotifications(flowId);
			const remembered = overwritten();
			const url = shown ? shown.webhook_url : remembered?.flowId === flowId ? remembered.url : undefined;
			return typeof url === 'string' ? [{ id: flowId, url, events: [] }] : [];
		},
		create: async (url) => {
			const remembered = overwritten();
			const shown = await shownNotifications(flowId);
			const current = shown ?? (previousUrl ? { webhook_url: previousUrl } : {});
			const isOurs = remembered?.flowId === flowId && (!shown || shown.webhook_url === remembered.url);
			const { webhook_url: currentUrl, ...others } = current;
			const before = currentUrl === url ? others : current;
			const notifications = isOurs ? remembered.notifications : before;
			staticData.overwritten = { flowId, url, notifications } satisfies Overwritten as unknown as IDataObject;
			await write(flowId, { ...current, webhook_url: url });
			return { id: flowId };
		},
		update: async () => {},
		remove: async (id) => {
			const remembered = overwritten();
			const shown = await shownNotifications(id);
			const isOurs = remembered?.flowId === id && (!shown || shown.webhook_url === remembered.url);
			if (isOurs) await write(id, remembered.notifications);
			delete staticData.overwritten;
		},
	};
}
