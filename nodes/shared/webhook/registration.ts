import type { IHookFunctions } from 'n8n-workflow';
import { nodeError } from '../transport/errors';
import { openTransport, type Send } from '../transport/transport';
import type { Vendor } from '../transport/vendor';
import { checkWebhook, createWebhook, deleteWebhook, type WebhookApi } from './lifecycle';

/** How long n8n may keep the user waiting for the rate limit while a workflow is activated. */
const MAX_WAIT_MS = 60_000;

/** A trigger's registration at its vendor, as n8n's `webhookMethods` want it. */
export interface Registration {
	checkExists(): Promise<boolean>;
	create(): Promise<boolean>;
	delete(): Promise<boolean>;
}

/**
 * Registers a trigger through its vendor's API.
 * @param apiOf the vendor's API for webhooks; `undefined` where the user registers the URL by hand
 * @param events the events to register
 * @param advice what a person can do when the vendor answers with a status
 * Its methods throw NodeApiError or NodeOperationError.
 */
export function registration(
	context: IHookFunctions,
	vendor: Vendor,
	apiOf: (send: Send) => WebhookApi | undefined,
	events: string[],
	advice?: Record<number, string>,
): Registration {
	const withApi = async (action: string, work: (api: WebhookApi) => Promise<boolean>): Promise<boolean> => {
		let secrets: string[] = [];
		try {
			const transport = await openTransport(context, vendor);
			secrets = transport.secrets;
			const api = apiOf(transport.sender({ safety: 'idempotent', maxWaitMs: MAX_WAIT_MS }));
			return api ? await work(api) : true;
		} catch (error) {
			throw nodeError(error, { node: context.getNode(), vendor, secrets, action, advice });
		}
	};
	return {
		checkExists: async () =>
			await withApi('Check webhook', async (api) => await checkWebhook(context, api, events)),
		create: async () =>
			await withApi('Register webhook', async (api) => await createWebhook(context, api, events)),
		delete: async () => await withApi('Remove webhook', async (api) => await deleteWebhook(context, api)),
	};
}
