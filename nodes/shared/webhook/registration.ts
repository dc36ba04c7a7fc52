import type { IDataObject, IHookFunctions, INodeProperties } from 'n8n-workflow';
import { nodeError } from '../transport/errors';
import { openTransport, type Send } from '../transport/transport';
import type { Vendor } from '../transport/vendor';
import { checkWebhook, createWebhook, deleteWebhook, type WebhookApi } from './lifecycle';
import { wantedEvents } from './properties';

/** How long n8n may keep the user waiting for the rate limit while a workflow is activated. */
const MAX_WAIT_MS = 60_000;

/** The trigger that is to be registered, or whose registration is to be removed. */
export interface RegisteringTrigger {
	context: IHookFunctions;
	/** Sends to the vendor's API as idempotent, unless a request says otherwise. */
	send: Send;
	/** Decrypted. */
	credential: IDataObject;
	/** Whether the registration is to be removed; else it is to be looked for, put right or made. */
	isRemoval: boolean;
}

/** How a trigger's URL becomes known to its vendor. */
export interface WebhookRegistration {
	/** Fields of the trigger about it, shown above its events. */
	fields: INodeProperties[];
	/** What a person can do when the vendor's API answers with a status. */
	advice?: Record<number, string>;
	/**
	 * Of the events that the user wants, or `*` for all, those to register, in the form in which `WebhookApi.list`
	 * gives them.
	 */
	events(wanted: string[]): string[];
	/** The vendor's API for webhooks; `undefined` where there is nothing to be done, such as when the user does it by hand. */
	api(trigger: RegisteringTrigger, events: string[]): WebhookApi | undefined;
}

/** Registration by hand only, at a vendor that has no API for it. @param notice where to paste the URL */
export function registrationByHand(notice: string): WebhookRegistration {
	return {
		fields: [{ displayName: notice, name: 'registrationNotice', type: 'notice', default: '' }],
		events: () => [],
		api: () => undefined,
	};
}

type Hook = (this: IHookFunctions) => Promise<boolean>;

/** The `webhookMethods` of a trigger node. They throw NodeApiError or NodeOperationError. */
export function webhookMethods(
	vendor: Vendor,
	registration: WebhookRegistration,
): { default: { checkExists: Hook; create: Hook; delete: Hook } } {
	const hook = (
		action: string,
		isRemoval: boolean,
		work: (context: IHookFunctions, api: WebhookApi, events: string[]) => Promise<boolean>,
	): Hook =>
		async function () {
			let secrets: string[] = [];
			try {
				const { sender, credential, ...transport } = await openTransport(this, vendor);
				secrets = transport.secrets;
				const send = sender({ safety: 'idempotent', maxWaitMs: MAX_WAIT_MS });
				const events = registration.events(wantedEvents(this));
				const api = registration.api({ context: this, send, credential, isRemoval }, events);
				return api ? await work(this, api, events) : true;
			} catch (error) {
				const { advice } = registration;
				throw nodeError(error, { node: this.getNode(), vendor, secrets, action, advice });
			}
		};
	return {
		default: {
			checkExists: hook('Check webhook', false, checkWebhook),
			create: hook('Register webhook', false, createWebhook),
			delete: hook('Remove webhook', true, deleteWebhook),
		},
	};
}
