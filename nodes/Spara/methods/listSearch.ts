import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { listIn } from '../../shared/paging/listIn';
import { narrowed, picker, type ListSearch } from '../../shared/picker/search';
import { simplifyLead } from '../lead';
import { spara } from '../vendor';

/** More than a person looks through; what is typed narrows all that were read. */
const SHOWN = 100;

const WHOLE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function entryOf(lead: IDataObject): INodeListSearchItems {
	const { id, email, firstName, lastName, company, url } = simplifyLead(lead);
	const person = [firstName, lastName].filter(Boolean).join(' ');
	const name = [email, person, company].filter(Boolean).join(', ') || id;
	return { name, value: id, ...(url ? { url } : {}) };
}

/** Spara finds a lead by its whole email only; other words narrow the leads of one answer, at most 1,000. */
const searchLeads = picker(spara, 'leads', async ({ filter }, send) => {
	const email = WHOLE_EMAIL.test(filter) ? filter : undefined;
	const answer = await send({ method: 'GET', path: ['leads', 'search'], query: { email } });
	const newestFirst = listIn<IDataObject>(answer, 'data').sort((one, other) =>
		String(other.created_at).localeCompare(String(one.created_at)),
	);
	const entries = newestFirst.map(entryOf);
	return { entries: (email ? entries : narrowed(entries, filter)).slice(0, SHOWN) };
});

/** What the pickers of the node show. */
export const listSearch: Record<string, ListSearch> = { searchLeads };
