import { z } from 'zod';
import { action, nothing, query } from '../admin/command.mts';
import { variantSchema } from '../delivery/engine.mts';
import { accounts } from './accounts.mts';
import { emitEvent, eventNames } from './events.mts';
import { changeContact } from './routes.mts';
import { seedContacts } from './seed.mts';
import type { LeadiosaState } from './state.mts';
import type { Conversation, Workspace } from './workspace.mts';

const account = z.string().default(accounts[0].id);
const ofAccount = z.object({ account }).strict().default({});

const emitSchema = z
	.object({
		event: z.enum(eventNames),
		account,
		/** Which conversation, contact or operator; the first of the workspace when absent. */
		subject: z.string().optional(),
		/** Who a message is from. */
		from: z.enum(['visitor', 'operator', 'ai']).default('visitor'),
		text: z.string().default('Hello'),
		variant: variantSchema.default('genuine'),
	})
	.strict();

type EmitInput = z.output<typeof emitSchema>;

/**
 * The commands only Leadiosa has. Writes are counted as `message`, `note` (by text), `conversation` (by the contact's
 * email), `article` (by title), `webhook` (by URL), and by id as `updateConversation`, `updateContact`, `erase`,
 * `updateArticle`, `deleteArticle`, `close` and `restore`.
 * `accounts`: workspaces and tokens. `contacts`, `conversations`, `messages`, `notes`, `articles`, `hooks`: what is
 * stored. `seedContacts`: many at once, returns their ids. `touchContact`: changes one, which expires cursors. `emit`:
 * sends an event and gives the log of the first attempts.
 */
export function commands(state: LeadiosaState) {
	const dataOf = (
		input: EmitInput,
		workspace: Workspace,
	): { subject: string; data: Record<string, unknown> } => {
		const [kind] = input.event.split('.');
		if (kind === 'operator') {
			const operator_id = input.subject ?? 'op_1';
			return { subject: operator_id, data: { operator_id } };
		}
		if (kind === 'contact') {
			const contact_id = input.subject ?? workspace.contacts.all()[0].id;
			if (input.event === 'contact.erased') return { subject: contact_id, data: { contact_id } };
			const { email, name, attributes } = workspace.contacts.get(contact_id);
			return { subject: contact_id, data: { contact_id, email, name, attributes } };
		}
		const conversation: Conversation = input.subject
			? workspace.conversations.get(input.subject)
			: workspace.conversations.all()[0];
		const conversation_id = conversation.id;
		const details: Record<string, object> = {
			'conversation.created': { contact_id: conversation.contact_id },
			'conversation.assigned': { operator_id: 'op_1' },
			'message.created': {
				message_id: state.freshId('msg'),
				from: input.from,
				text: input.text,
				attachments: [],
			},
		};
		return { subject: conversation_id, data: { conversation_id, ...details[input.event] } };
	};

	const listOf = <Kind,>(itemsOf: (workspace: Workspace) => Kind[]) =>
		query(ofAccount, ({ account: id }) => structuredClone(itemsOf(state.workspace(id))));

	return {
		accounts: query(nothing, () => structuredClone(accounts)),
		contacts: listOf(({ contacts }) => contacts.all()),
		conversations: listOf(({ conversations }) => conversations.all()),
		messages: listOf(({ messages }) => messages.all()),
		notes: listOf(({ notes }) => notes.all()),
		articles: listOf(({ articles }) => articles.all()),
		hooks: listOf(({ webhooks }) => webhooks.all()),
		seedContacts: action(
			z.object({ account, count: z.number().int().positive() }).strict(),
			({ account: id, count }) => seedContacts(state, state.workspace(id), count),
		),
		touchContact: action(
			z.object({ account, id: z.string(), name: z.string() }).strict(),
			({ account: workspaceId, id, name }) => {
				const workspace = state.workspace(workspaceId);
				changeContact(state, workspace, workspace.contacts.get(id), { name });
			},
		),
		emit: action(emitSchema, async (input) => {
			const { event, variant, account: id } = input;
			if (variant === 'repeated') return [await state.context.deliveries.repeat(id, event, input.subject)];
			const workspace = state.workspace(id);
			const { subject, data } = dataOf(input, workspace);
			return await emitEvent(state, workspace, event, subject, data, variant);
		}),
	};
}
