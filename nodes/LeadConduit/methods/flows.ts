import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { listIn } from '../../shared/paging/listIn';
import { forEditor, narrowed } from '../../shared/picker/search';
import { leadConduit } from '../vendor';

/** All flows of the account, by name (docs/vendors/leadconduit.md#flows). */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const answer = await forEditor(
		this,
		leadConduit,
		'List flows',
		async (send) => await send({ method: 'GET', path: ['flows'] }),
	);
	const flows = listIn<IDataObject>(answer, 'flows');
	return flows
		.map(({ id, name }) => ({ name: String(name ?? id), value: String(id) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** Those whose name or ID holds the filter. */
export async function searchFlows(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return { results: narrowed(await getFlows.call(this), filter) };
}
