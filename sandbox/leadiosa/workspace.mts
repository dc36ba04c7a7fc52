import type { Role } from './accounts.mts';
import { Collection, type Item } from './collection.mts';

export interface Contact extends Item {
	external_id?: string;
	email?: string;
	name?: string;
	attributes?: Record<string, unknown>;
	updated_at: string;
}

export interface Conversation extends Item {
	status: 'open' | 'snoozed' | 'closed' | 'spam';
	contact_id: string;
	assignee_id?: string;
	tags?: string[];
	attributes?: Record<string, unknown>;
	updated_at: string;
	last_message_at?: string;
	snoozed_until?: string;
	/** Not documented by Leadiosa: what the JSON escape hatch is tried with. */
	priority?: string;
}

export interface Message extends Item {
	conversation_id: string;
	from: 'visitor' | 'operator' | 'ai';
	text: string;
	attachments: unknown[];
}

export interface Note extends Item {
	conversation_id: string;
	author_id: string;
	text: string;
}

export interface Article extends Item {
	title: string;
	content: string;
	status: string;
	updated_at: string;
}

export interface Webhook extends Item {
	url: string;
	events?: string[];
	/** The endpoint in the delivery engine, and the key of its signatures; neither is shown. */
	endpointId: number;
	secret: string;
}

export interface AuditEntry extends Item {
	action: string;
	actor: { id: string; type: string };
	target: { id: string; type: string };
}

/** Everything of one workspace. */
export class Workspace {
	readonly id: string;
	readonly tokens: { key: string; role: Role }[];
	readonly contacts = new Collection<Contact>('contact');
	readonly conversations = new Collection<Conversation>('conversation');
	readonly messages = new Collection<Message>('message');
	readonly notes = new Collection<Note>('note');
	readonly articles = new Collection<Article>('knowledge_article');
	readonly webhooks = new Collection<Webhook>('webhook');
	readonly audit = new Collection<AuditEntry>('audit_entry');
	closedAt: string | undefined;

	constructor(id: string, tokens: Workspace['tokens']) {
		this.id = id;
		this.tokens = tokens;
	}
}
