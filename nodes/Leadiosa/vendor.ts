import type { IDataObject } from 'n8n-workflow';
import { LeadiosaApi } from '../../credentials/LeadiosaApi.credentials';
import { statedRateLimit } from '../shared/credential/rateLimit';
import { holdsNothing } from '../shared/data/values';
import type { RateLimits, Vendor, VendorError } from '../shared/vendor';

/**
 * The figure of the vendor's own sample (docs/vendors/leadiosa.md#rate-limits); an account that has another states it
 * in the credential.
 */
const REQUESTS_PER_MINUTE = 300;

/** Where each thing is. ASSUMED but for `conversations` and `subscription` (docs/vendors/leadiosa.md#resources). */
export const paths = {
	archiveStatus: ['workspace', 'archive-status'],
	auditLog: ['audit'],
	closeWorkspace: ['workspace', 'close'],
	contacts: ['contacts'],
	conversations: ['conversations'],
	knowledge: ['knowledge'],
	messages: ['messages'],
	notes: ['notes'],
	restoreWorkspace: ['workspace', 'restore'],
	subscription: ['billing', 'subscription'],
	webhooks: ['webhooks'],
};

/** What Leadiosa calls our fields, in bodies and queries alike. ASSUMED (docs/vendors/leadiosa.md#fields). */
const WIRE_NAMES = {
	assigneeId: 'assignee_id',
	attachments: 'attachments',
	attributes: 'attributes',
	contact: 'contact',
	contactId: 'contact_id',
	content: 'content',
	conversationId: 'conversation_id',
	email: 'email',
	events: 'events',
	message: 'message',
	name: 'name',
	snoozedUntil: 'snoozed_until',
	status: 'status',
	tag: 'tag',
	text: 'text',
	title: 'title',
	updatedSince: 'updated_since',
	url: 'url',
} as const;

/** The states of a conversation. ASSUMED (docs/vendors/leadiosa.md#fields). */
export const conversationStates = [
	{ name: 'Closed', value: 'closed' },
	{ name: 'Open', value: 'open' },
	{ name: 'Snoozed', value: 'snoozed' },
	{ name: 'Spam', value: 'spam' },
];

/**
 * The states that the archive status of a workspace tells of. ASSUMED: only the path is documented
 * (docs/vendors/leadiosa.md#fields).
 */
export const archiveStates = { closed: 'closed', restored: 'active' };

/** Who a message is from. ASSUMED but for `visitor` (docs/vendors/leadiosa.md#fields). */
export const messageSenders = [
	{ name: 'AI', value: 'ai' },
	{ name: 'Operator', value: 'operator' },
	{ name: 'Visitor', value: 'visitor' },
];

/**
 * Fields as Leadiosa calls them. What is empty is left out: Leadiosa knows no null
 * (docs/vendors/leadiosa.md#authentication).
 */
export function toApiFields(fields: { [Name in keyof typeof WIRE_NAMES]?: unknown }): IDataObject {
	const given = Object.entries(fields).filter(([, value]) => !holdsNothing(value));
	return Object.fromEntries(
		given.map(([name, value]) => [WIRE_NAMES[name as keyof typeof WIRE_NAMES], value]),
	) as IDataObject;
}

/**
 * The object of an answer about one thing, bare or under `data`. Which of them is not documented
 * (docs/vendors/leadiosa.md#fields).
 */
export function unwrap(answer: unknown): IDataObject {
	const { data, pagination } = (answer ?? {}) as IDataObject;
	const isWrapped =
		typeof data === 'object' && data !== null && !Array.isArray(data) && pagination === undefined;
	return (isWrapped ? data : (answer ?? {})) as IDataObject;
}

/** Code, message and request ID stand under `error` (docs/vendors/leadiosa.md#errors); no header repeats the ID. */
function readError(body: unknown): VendorError {
	const { error } = (typeof body === 'object' && body !== null ? body : {}) as {
		error?: Record<string, string>;
	};
	return { message: error?.message, code: error?.code, requestId: error?.request_id };
}

function rateLimits(credential: IDataObject): RateLimits {
	return { general: [statedRateLimit(credential) ?? { limit: REQUESTS_PER_MINUTE, windowMs: 60_000 }] };
}

/** Everything the transport has to know about Leadiosa (docs/vendors/leadiosa.md). */
export const leadiosa: Vendor = {
	name: 'Leadiosa',
	platform: 'leadiosa',
	credential: new LeadiosaApi(),
	credentialNoun: 'API token',
	identity: ({ apiKey }) => [String(apiKey)],
	rateLimits,
	readError,
	notice: ({ 'x-api-deprecation': announcement }) =>
		announcement && `Leadiosa announces the end of something that this node uses: ${announcement}`,
	whereToLook: 'Look at the conversation or record in Leadiosa before you run this item again.',
};
