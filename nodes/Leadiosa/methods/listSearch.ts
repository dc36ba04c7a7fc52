import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { listIn } from '../../shared/paging/listIn';
import { narrowed, picker, type ListSearch } from '../../shared/picker/search';
import { LARGEST_PAGE, nextCursor } from '../lists';
import { leadiosa, paths } from '../vendor';

/** What a person knows a record by: the texts that are there, or else its ID. */
function entriesOf(labels: (record: IDataObject) => unknown[]) {
	return (record: IDataObject): INodeListSearchItems => ({
		name: labels(record).filter(Boolean).map(String).join(', ') || String(record.id),
		value: String(record.id),
	});
}

/** Leadiosa documents no search: what is typed narrows each page, of which the editor reads more as a person scrolls. */
function pickerOf(plural: string, path: string[], labels: (record: IDataObject) => unknown[]): ListSearch {
	return picker(leadiosa, plural, async ({ filter, page }, send) => {
		const answer = await send({ method: 'GET', path, query: { limit: LARGEST_PAGE, after: page } });
		const entries = listIn<IDataObject>(answer, 'data').map(entriesOf(labels));
		return { entries: narrowed(entries, filter), next: nextCursor(answer) };
	});
}

function day(time: unknown): string | undefined {
	return typeof time === 'string' ? time.slice(0, 16).replace('T', ' ') : undefined;
}

/** What the pickers of the node show. */
export const listSearch: Record<string, ListSearch> = {
	searchContacts: pickerOf('contacts', paths.contacts, ({ email, name, id }) => [name, email, id]),
	searchConversations: pickerOf(
		'conversations',
		paths.conversations,
		({ id, status, contact_id, last_message_at, created_at }) => [
			id,
			status,
			contact_id,
			day(last_message_at ?? created_at),
		],
	),
	searchKnowledgeArticles: pickerOf('knowledge articles', paths.knowledge, ({ title }) => [title]),
	searchWebhooks: pickerOf('webhooks', paths.webhooks, ({ url }) => [url]),
};
