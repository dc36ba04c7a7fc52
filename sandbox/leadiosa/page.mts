import { table, type VendorView } from '../page/view.mts';
import type { commands } from './commands.mts';
import { eventNames } from './events.mts';

/** What the sandbox's page shows of Leadiosa. */
export function page(leadiosa: ReturnType<typeof commands>, baseUrl: string): VendorView {
	return {
		title: 'Leadiosa',
		credentials: leadiosa.accounts().flatMap(({ id, tokens }) =>
			tokens.map(({ key, role }) => ({
				account: `${id} (${role})`,
				fields: { 'API Token': key, 'Base URL': baseUrl },
			})),
		),
		tables: [
			table('Contacts', leadiosa.contacts(), ({ id, email, name, created_at }) => ({
				id,
				email,
				name,
				created: created_at,
			})),
			table(
				'Conversations',
				leadiosa.conversations(),
				({ id, status, contact_id, tags, last_message_at }) => ({
					id,
					status,
					contact: contact_id,
					tags: tags?.join(', '),
					'last message': last_message_at,
				}),
			),
			table('Messages', leadiosa.messages(), ({ id, conversation_id, from, text, created_at }) => ({
				id,
				conversation: conversation_id,
				from,
				text,
				created: created_at,
			})),
			table('Knowledge articles', leadiosa.articles(), ({ id, title, status }) => ({ id, title, status })),
			table('Webhooks', leadiosa.hooks(), ({ id, url, events }) => ({
				id,
				url,
				events: events?.join(', ') ?? 'all',
			})),
		],
		events: eventNames.map((event) => ({ name: event, input: { event } })),
		imports: [{ label: 'contacts', command: 'seedContacts', countAs: 'count', input: {} }],
	};
}
