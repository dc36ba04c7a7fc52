import { UserError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import { attemptAsync } from '../attempt';
import { RequestError } from '../transport/requestError';

/** A webhook as the vendor's API tells of it. */
export interface RegisteredWebhook {
	/** The vendor's ID of the webhook. */
	id: string;
	/** Where its deliveries go. */
	url: string;
	/** Names of the events that it is for. */
	events: string[];
}

/** The vendor's API for webhooks. */
export interface WebhookApi {
	/** All webhooks of the account, those of others too. */
	list(): Promise<RegisteredWebhook[]>;
	/** Gives the new webhook's ID, and the secret of its signatures where the vendor makes one. */
	create(url: string, events: string[]): Promise<{ id: string; secret?: string }>;
	/** Without it a webhook with other events than wanted is replaced. */
	update?(id: string, events: string[]): Promise<void>;
	/** Removes one; the vendor's 404 for one that is gone may be thrown. */
	remove(id: string): Promise<void>;
	/** Whether deliveries can be verified only with the secret that `create` gave. */
	makesSecret: boolean;
	/** Whether the user has stated a secret, for where `create` gives none after all. */
	hasStatedSecret?: boolean;
}

/** What a trigger remembers of its webhook, in its static data. */
interface Stored {
	id: string;
	url: string;
	secret?: string;
}

const WITHOUT_SECRET =
	'The webhook was registered without a secret, so its events could not be verified; it was removed again. If you know the secret that its events are signed with, enter it in the credential and try again';

function storedIn(staticData: IDataObject, url: string): Stored | undefined {
	const stored = staticData.webhook as unknown as Stored | undefined;
	// A test run has another URL than production: it must not touch that one's webhook.
	return stored?.url === url ? stored : undefined;
}

/**
 * Whether the webhook that is remembered was registered at another address of this n8n. A test run has another URL than
 * production, too, but at the same origin.
 */
export function isAtOtherOrigin({ webhook }: IDataObject, url: string): boolean {
	const stored = webhook as unknown as Stored | undefined;
	return stored !== undefined && new URL(stored.url).origin !== new URL(url).origin;
}

/** Told whether the webhook that the trigger remembers stands at the vendor. */
type TellStranded = (isRegistered: boolean) => void;

/** Thrown where a webhook that should be gone may still stand at the vendor. */
export class LeftOverError extends Error {
	/** @param cause why it could not be removed, or why it was to be removed */
	constructor(
		override readonly cause: unknown,
		readonly webhook: { id?: string; url: string },
	) {
		super('A webhook is left over');
	}
}

function isSameSet(one: string[], other: string[]): boolean {
	return one.length === other.length && one.every((value) => other.includes(value));
}

function isGone(error: unknown): boolean {
	return error instanceof RequestError && error.ending.response?.status === 404;
}

/** Gives whether it was there. */
async function removeIfThere(api: WebhookApi, id: string): Promise<boolean> {
	const removed = await attemptAsync(async () => await api.remove(id));
	if (!removed.ok && !isGone(removed.error)) throw removed.error;
	return removed.ok;
}

async function removeAllAt(api: WebhookApi, url: string, exceptId?: string): Promise<void> {
	const surplus = (await api.list()).filter((webhook) => webhook.url === url && webhook.id !== exceptId);
	for (const { id } of surplus) await removeIfThere(api, id);
}

/** The secret that the vendor made for this trigger's webhook. */
export function webhookSecret(staticData: IDataObject): string | undefined {
	return (staticData.webhook as unknown as Stored | undefined)?.secret;
}

/**
 * Whether the trigger's webhook stands at the vendor as it should. Found by ID, else by URL; other events than wanted
 * are put right; one whose secret is lost or whose events cannot be changed is removed, so that `createWebhook` makes
 * a new one. A webhook with another URL is never touched.
 * @param tellStranded told whether a webhook with our URL stands there, before what is remembered is overwritten
 */
export async function checkWebhook(
	context: IHookFunctions,
	api: WebhookApi,
	events: string[],
	tellStranded?: TellStranded,
): Promise<boolean> {
	const url = context.getNodeWebhookUrl('default') as string;
	const staticData = context.getWorkflowStaticData('node');
	const stored = storedIn(staticData, url);
	const own = (await api.list()).filter((webhook) => webhook.url === url);
	const webhook = own.find(({ id }) => id === stored?.id) ?? own[0];
	tellStranded?.(webhook !== undefined);
	if (!webhook) return false;

	const isSecretLost =
		api.makesSecret && (webhook.id !== stored?.id || !(stored.secret || api.hasStatedSecret));
	const hasOtherEvents = !isSameSet(webhook.events, events);
	const isToBeReplaced = isSecretLost || (hasOtherEvents && !api.update);
	const surplus = own.filter(({ id }) => isToBeReplaced || id !== webhook.id);
	for (const { id } of surplus) await removeIfThere(api, id);
	if (isToBeReplaced) return false;

	if (hasOtherEvents) await api.update?.(webhook.id, events);
	staticData.webhook = { ...stored, id: webhook.id, url };
	return true;
}

/** The webhook that was made, made sure of: with its secret, and no other one with its URL. */
async function makeWebhook(api: WebhookApi, url: string, events: string[]): Promise<Stored> {
	const { id, secret } = await api.create(url, events);
	const completed = await attemptAsync(async () => {
		if (api.makesSecret && !secret && !api.hasStatedSecret) throw new UserError(WITHOUT_SECRET);
		// A request that was sent again after a broken connection has made two.
		await removeAllAt(api, url, id);
	});
	if (completed.ok) return { id, url, ...(secret ? { secret } : {}) };
	const undone = await attemptAsync(async () => await removeIfThere(api, id));
	throw undone.ok ? completed.error : new LeftOverError(completed.error, { id, url });
}

/**
 * Registers the trigger's webhook and remembers it; no other one with its URL is left. A half-success is undone, at the
 * vendor and in the static data: n8n tries a second time, and must not take what is half done for done.
 * @throws what the vendor's API throws, UserError when there is no secret, LeftOverError when it could not be undone
 */
export async function createWebhook(
	context: IHookFunctions,
	api: WebhookApi,
	events: string[],
): Promise<boolean> {
	const url = context.getNodeWebhookUrl('default') as string;
	const staticData = context.getWorkflowStaticData('node');
	const before = { ...staticData };
	const made = await attemptAsync(async () => await makeWebhook(api, url, events));
	if (!made.ok) {
		for (const name of Object.keys(staticData)) if (!(name in before)) delete staticData[name];
		Object.assign(staticData, before);
		throw made.error;
	}
	staticData.webhook = made.value as unknown as IDataObject;
	return true;
}

/**
 * Removes the trigger's webhook, by ID and by URL. One that is gone already is fine.
 * @param tellStranded told whether the webhook that is remembered stood there, before it is forgotten
 * @throws LeftOverError with what the vendor's API threw
 */
export async function deleteWebhook(
	context: IHookFunctions,
	api: WebhookApi,
	tellStranded?: TellStranded,
): Promise<boolean> {
	const url = context.getNodeWebhookUrl('default') as string;
	const staticData = context.getWorkflowStaticData('node');
	const stored = storedIn(staticData, url);
	const removed = await attemptAsync(async () => {
		const wasThere = stored !== undefined && (await removeIfThere(api, stored.id));
		if (stored ?? isAtOtherOrigin(staticData, url)) tellStranded?.(wasThere);
		await removeAllAt(api, url);
	});
	if (!removed.ok) throw new LeftOverError(removed.error, { id: stored?.id, url });
	if (stored) delete staticData.webhook;
	return true;
}

/**
 * A webhook that was registered in production and that nobody removes by itself, in words: it stands at an address that
 * this n8n had before, or in the account of another key. It is not removed: a copy of an n8n, for tests, would take away
 * the webhook of the n8n that it was copied from.
 */
export function strandedWebhook(context: IHookFunctions, isRegistered: boolean): string | undefined {
	const stored = context.getWorkflowStaticData('node').webhook as unknown as Stored | undefined;
	if (!stored || context.getMode() === 'manual') return undefined;
	if (stored.url !== context.getNodeWebhookUrl('default'))
		return `the webhook ${stored.id} that was registered for ${stored.url}, which is not the address of this n8n any more`;
	return isRegistered
		? undefined
		: `the webhook ${stored.id} that was registered for ${stored.url}: it was removed, or it stands in another account, whose key the credential had then`;
}
