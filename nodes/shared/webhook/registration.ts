import { UserError, type IDataObject, type IHookFunctions, type INodeProperties } from 'n8n-workflow';
import type { Send } from '../transport/transport';
import type { Vendor } from '../vendor';
import { withTransport, type TransportFailure } from '../transport/withTransport';
import type { EventCatalogue } from './events';
import {
	checkWebhook,
	createWebhook,
	deleteWebhook,
	LeftOverError,
	strandedWebhook,
	type WebhookApi,
} from './lifecycle';
import { wantedEvents } from './properties';

/** How long n8n may keep the user waiting for the rate limit while a workflow is activated. */
const MAX_WAIT_MS = 60_000;

/** The trigger that is to be registered, or whose registration is to be removed. */
export interface RegisteringTrigger {
	/** n8n's context of the activation. */
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

/** n8n shows the message of an error on activation, and nothing else of it. */
function withWayOut(error: TransportFailure, leftOver: string): TransportFailure {
	const parts = [error.message, error.description ?? '', leftOver].map((part) =>
		part.trim().replace(/\.$/, ''),
	);
	error.message = parts.filter(Boolean).join('. ');
	return error;
}

function leftOverIn(error: unknown, vendorName: string): string {
	if (!(error instanceof LeftOverError)) return '';
	const { id, url } = error.webhook;
	const which = id === undefined ? `A webhook for ${url}` : `The webhook ${id} for ${url}`;
	return `${which} may be left at ${vendorName}: remove it there, or activate and deactivate the workflow once more`;
}

/** @throws UserError that names the field of the credential without which every event would be refused */
function requireSecret({ name, credential }: Vendor, catalogue: EventCatalogue, values: IDataObject): void {
	const field = catalogue.missingSecret?.(values);
	if (field === undefined) return;
	const where = `the credential "${credential.displayName}"`;
	throw new UserError(`Without "${field}" every event of ${name} would be refused`, {
		description:
			values.receiveEvents === false
				? `Turn on "Receive Events" in ${where} and enter "${field}".`
				: `Enter "${field}" in ${where}.`,
	});
}

function tellStranded(context: IHookFunctions, vendor: Vendor, isRegistered: boolean): void {
	const stranded = strandedWebhook(context, isRegistered);
	if (stranded === undefined) return;
	context.logger.warn(
		`${context.getNode().name}: ${vendor.name} may still hold ${stranded}. Remove it there if it is not used.`,
	);
}

type Hook = (this: IHookFunctions) => Promise<boolean>;

/**
 * The `webhookMethods` of a trigger node. They throw NodeApiError or NodeOperationError, with the way out in the message.
 * A trigger that could verify nothing does not start to listen.
 */
export function webhookMethods(
	vendor: Vendor,
	registration: WebhookRegistration,
	catalogue: EventCatalogue,
): { default: { checkExists: Hook; create: Hook; delete: Hook } } {
	const hook = (
		action: string,
		isRemoval: boolean,
		work: (context: IHookFunctions, api: WebhookApi, events: string[]) => Promise<boolean>,
	): Hook =>
		async function () {
			let leftOver = '';
			const { advice } = registration;
			const registered = withTransport(this, vendor, { action, advice }, async ({ sender, credential }) => {
				const send = sender({ safety: 'idempotent', maxWaitMs: MAX_WAIT_MS });
				const events = registration.events(wantedEvents(this));
				const api = registration.api({ context: this, send, credential, isRemoval }, events);
				if (!isRemoval && !api?.makesSecret) requireSecret(vendor, catalogue, credential);
				try {
					return api ? await work(this, api, events) : true;
				} catch (error) {
					leftOver = leftOverIn(error, vendor.name);
					throw error instanceof LeftOverError ? error.cause : error;
				}
			});
			return await registered.catch((error: TransportFailure) => {
				throw withWayOut(error, leftOver);
			});
		};
	const teller =
		(context: IHookFunctions) =>
		(isRegistered: boolean): void =>
			tellStranded(context, vendor, isRegistered);
	return {
		default: {
			checkExists: hook(
				'Check webhook',
				false,
				async (context, api, events) => await checkWebhook(context, api, events, teller(context)),
			),
			create: hook('Register webhook', false, createWebhook),
			delete: hook(
				'Remove webhook',
				true,
				async (context, api) => await deleteWebhook(context, api, teller(context)),
			),
		},
	};
}
