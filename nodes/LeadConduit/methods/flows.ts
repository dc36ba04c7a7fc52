import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { listIn } from '../../shared/paging/pagingError';
import { read } from './read';

/** All flows of the account, by name (contract 2.5). */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const flows = listIn<IDataObject>(await read(this, ['flows'], 'List flows'), 'flows');
	return flows
		.map(({ id, name }) => ({ name: String(name ?? id), value: String(id) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** Those whose name or ID holds the filter. */
export async function searchFlows(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const wanted = filter.toLowerCase();
	const flows = await getFlows.call(this);
	return {
		results: flows.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted)),
	};
}
