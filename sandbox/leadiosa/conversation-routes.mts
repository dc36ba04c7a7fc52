import { Refusal } from '../refusal.mts';
import { bodies, readBody } from './bodies.mts';
import { announce } from './events.mts';
import { checkQuery, type LeadiosaRequest, type routeMaker } from './reply.mts';
import type { LeadiosaState } from './state.mts';
import type { Contact, Conversation, Message, Workspace } from './workspace.mts';

const filters = ['status', 'assignee_id', 'contact_id', 'tag', 'updated_since'];

/** Conversations, their messages and their notes (docs/vendors/leadiosa.md#fields). */
export function conversationRoutes(state: LeadiosaState, route: ReturnType<typeof routeMaker>) {
	const { settings, statistics } = state.context;

	const contactFor = (workspace: Workspace, given: { email: string; name?: string }): Contact => {
		const known = workspace.contacts.all().find(({ email }) => email === given.email);
		if (known) return known;
		const now = state.now();
		const contact = workspace.contacts.add({
			id: state.freshId('cont'),
			...given,
			created_at: now,
			updated_at: now,
		});
		announce(state, workspace, 'contact.created', contact.id, { contact_id: contact.id, ...given });
		return contact;
	};

	const addMessage = (
		workspace: Workspace,
		conversation: Conversation,
		text: string,
		attachments: unknown[] = [],
	): Message => {
		const created_at = state.now();
		const head = { id: state.freshId('msg'), conversation_id: conversation.id, from: 'operator' as const };
		const message = workspace.messages.add({ ...head, text, attachments, created_at });
		Object.assign(conversation, { last_message_at: created_at, updated_at: created_at });
		workspace.conversations.changed();
		const { id: message_id, conversation_id, from } = message;
		announce(state, workspace, 'message.created', message_id, {
			conversation_id,
			message_id,
			from,
			text,
			attachments,
		});
		return message;
	};

	const matches =
		({ query }: LeadiosaRequest) =>
		(conversation: Conversation): boolean => {
			const { status, assignee_id, contact_id, tag, updated_since } = query as Record<
				string,
				string | undefined
			>;
			return (
				(status === undefined || conversation.status === status) &&
				(assignee_id === undefined || conversation.assignee_id === assignee_id) &&
				(contact_id === undefined || conversation.contact_id === contact_id) &&
				(tag === undefined || (conversation.tags ?? []).includes(tag)) &&
				(updated_since === undefined || Date.parse(conversation.updated_at) >= Date.parse(updated_since))
			);
		};

	/** The conversation that a thread is asked of; messages and notes are listed for one only. */
	const threadOf = (request: LeadiosaRequest): string => {
		checkQuery(request, ['conversation_id']);
		const { conversation_id } = request.query;
		if (conversation_id === undefined)
			throw new Refusal(400, "'conversation_id' is missing.", { field: 'conversation_id' });
		return request.workspace.conversations.get(String(conversation_id)).id;
	};

	const change = ({ workspace, params, body }: LeadiosaRequest): Conversation => {
		const conversation = workspace.conversations.get(params.id);
		const changes = readBody(bodies.conversationChange, body);
		const before = conversation.status;
		if (changes.assignee_id && (changes.status ?? before) === 'closed') {
			throw new Refusal(409, 'A closed conversation cannot be assigned.');
		}
		if (changes.status === 'snoozed' && !changes.snoozed_until) {
			throw new Refusal(422, 'A snoozed conversation needs snoozed_until.');
		}
		const { priority, ...others } = changes;
		Object.assign(conversation, others, { updated_at: state.now() });
		if (priority === null) delete conversation.priority;
		else if (priority) conversation.priority = priority;
		workspace.conversations.changed();
		statistics.countWrite('updateConversation', conversation.id);
		const { id, contact_id } = conversation;
		const subject = { conversation_id: id, contact_id };
		if (changes.assignee_id)
			announce(state, workspace, 'conversation.assigned', id, {
				...subject,
				operator_id: changes.assignee_id,
			});
		if (changes.status === 'closed' && before !== 'closed')
			announce(state, workspace, 'conversation.resolved', id, subject);
		if (changes.status === 'open' && before === 'closed')
			announce(state, workspace, 'conversation.reopened', id, subject);
		return conversation;
	};

	return [
		route('GET', '/conversations', (request) => {
			checkQuery(request, filters);
			return request.workspace.conversations.page(request.query, settings, matches(request));
		}),
		route('POST', '/conversations', ({ workspace, body }) => {
			const given = readBody(bodies.conversation, body);
			const contact = given.contact
				? contactFor(workspace, given.contact)
				: workspace.contacts.get(given.contact_id ?? '');
			const now = state.now();
			const head = { id: state.freshId('conv'), status: 'open' as const, contact_id: contact.id };
			const { attributes } = given;
			const conversation = workspace.conversations.add({
				...head,
				...(attributes && { attributes }),
				created_at: now,
				updated_at: now,
			});
			statistics.countWrite('conversation', contact.email ?? contact.id);
			announce(state, workspace, 'conversation.created', head.id, {
				conversation_id: head.id,
				contact_id: contact.id,
			});
			if (given.message) addMessage(workspace, conversation, given.message.text);
			return conversation;
		}),
		route('GET', '/conversations/:id', ({ workspace, params }) => workspace.conversations.get(params.id)),
		route('PATCH', '/conversations/:id', change),
		route('GET', '/messages', (request) => {
			const thread = threadOf(request);
			return request.workspace.messages.page(
				request.query,
				settings,
				({ conversation_id }) => conversation_id === thread,
			);
		}),
		route('POST', '/messages', ({ workspace, body }) => {
			const { conversation_id, text, attachments } = readBody(bodies.message, body);
			const message = addMessage(workspace, workspace.conversations.get(conversation_id), text, attachments);
			statistics.countWrite('message', text);
			return message;
		}),
		route('GET', '/notes', (request) => {
			const thread = threadOf(request);
			return request.workspace.notes.page(
				request.query,
				settings,
				({ conversation_id }) => conversation_id === thread,
			);
		}),
		route('POST', '/notes', ({ workspace, body }) => {
			const { conversation_id, text } = readBody(bodies.note, body);
			workspace.conversations.get(conversation_id);
			statistics.countWrite('note', text);
			return workspace.notes.add({
				id: state.freshId('note'),
				conversation_id,
				author_id: 'op_1',
				text,
				created_at: state.now(),
			});
		}),
	];
}
