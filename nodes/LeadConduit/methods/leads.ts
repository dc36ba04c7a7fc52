import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { listIn } from '../../shared/paging/listIn';
import { narrowed, picker } from '../../shared/picker/search';
import { PAGE_SIZE } from '../lists';
import { leadConduit } from '../vendor';

/**
 * The list of leads shows no contact data (docs/vendors/leadconduit.md#search): a lead is told by when it came, its
 * status and where from.
 */
function entryOf({ id, created_at, status, source, campaign }: IDataObject): INodeListSearchItems {
	const came = typeof created_at === 'string' ? created_at.slice(0, 16).replace('T', ' ') : undefined;
	return {
		name: [came, status, source, campaign, id].filter(Boolean).map(String).join(', '),
		value: String(id),
	};
}

/** The leads of the account, page by page; what is typed narrows each page. */
export const searchLeads = picker(leadConduit, 'leads', async ({ filter, page }, send) => {
	const offset = Number(page ?? 0);
	const answer = await send({ method: 'GET', path: ['leads'], query: { limit: PAGE_SIZE, offset } });
	const rows = listIn<IDataObject>(answer, 'leads');
	const end = offset + rows.length;
	const isMore = rows.length > 0 && end < Number((answer as IDataObject).total_count ?? 0);
	return { entries: narrowed(rows.map(entryOf), filter), next: isMore ? String(end) : undefined };
});
