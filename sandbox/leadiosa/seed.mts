import type { LeadiosaState } from './state.mts';
import type { Contact, Workspace } from './workspace.mts';

const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Radia', 'Zoë'];
const lastNames = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth', 'Perlman', "O'Neil"];

/** When the contacts the sandbox starts with were created; each a second after the one before. */
const firstSeen = Date.UTC(2026, 1, 2);

/** Adds contacts as the widget identifies them, one in ten anonymous; gives their ids. */
export function seedContacts(state: LeadiosaState, workspace: Workspace, count: number): string[] {
	const { random } = state.context;
	return Array.from({ length: count }, (_, index) => {
		const firstName = random.pick(firstNames);
		const lastName = random.pick(lastNames);
		const id = state.freshId('cont');
		const seenAt = new Date(firstSeen + index * 1000).toISOString();
		const identity = {
			external_id: `user-${id}`,
			email: `${firstName}.${id}@example.com`
				.normalize('NFD')
				.replace(/[^\w.@]/g, '')
				.toLowerCase(),
			name: `${firstName} ${lastName}`,
			attributes: { plan: random.pick(['trial', 'pro']), phone: `+1415555${1000 + random.integer(9000)}` },
		};
		const isAnonymous = index % 10 === 9;
		const contact: Contact = { id, ...(isAnonymous ? {} : identity), created_at: seenAt, updated_at: seenAt };
		return workspace.contacts.add(contact).id;
	});
}

/** Three conversations with a message and a note each, and an article. */
export function seedWorkspace(state: LeadiosaState, workspace: Workspace): void {
	const created_at = new Date(firstSeen).toISOString();
	const known = workspace.contacts.all().filter(({ email }) => email !== undefined);
	for (const contact of known.slice(-3)) {
		const conversation = workspace.conversations.add({
			id: state.freshId('conv'),
			status: 'open',
			contact_id: contact.id,
			tags: ['pricing'],
			created_at,
			updated_at: created_at,
			last_message_at: created_at,
		});
		const place = { conversation_id: conversation.id, created_at };
		workspace.messages.add({
			id: state.freshId('msg'),
			...place,
			from: 'visitor',
			text: 'Hello',
			attachments: [],
		});
		workspace.notes.add({ id: state.freshId('note'), ...place, author_id: 'op_1', text: 'Wants a quote.' });
	}
	const article = { title: 'Opening hours', content: 'We are open from 9 to 5.', status: 'published' };
	workspace.articles.add({ id: state.freshId('kb'), ...article, created_at, updated_at: created_at });
}
