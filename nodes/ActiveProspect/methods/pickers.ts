import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { forEditor, narrowed } from '../../shared/picker/search';
import type { RequestSpec } from '../../shared/transport/transport';
import { listOf } from '../lists';
import { activeProspect, SUPPRESSION_LIST } from '../vendor';

type Entry = { name: string; value: string };

async function read(
	context: ILoadOptionsFunctions,
	plural: string,
	spec: RequestSpec,
): Promise<IDataObject[]> {
	return listOf(await forEditor(context, activeProspect, `List ${plural}`, async (send) => await send(spec)));
}

function entries(records: IDataObject[], valueOf = ({ id }: IDataObject) => id): Entry[] {
	return records
		.map((record) => ({ name: String(record.name ?? record.id), value: String(valueOf(record)) }))
		.sort((one, other) => one.name.localeCompare(other.name));
}

function found(all: Entry[], filter: string): INodeListSearchResult {
	return { results: narrowed(all as INodeListSearchItems[], filter) };
}

/** The account's flows, for a list to choose from. */
export async function getFlows(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return entries(await read(this, 'flows', { method: 'GET', path: ['flows'] }));
}

/** The account's flows by name, for a picker that can be searched. */
export async function searchFlows(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	return found((await getFlows.call(this)) as Entry[], filter);
}

/** The sources of the chosen flow by the ID of their entity (docs/vendors/activeprospect.md#submit). */
export async function searchSources(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	const flowId = this.getCurrentNodeParameter('flowId', { extractValue: true }) as string | undefined;
	if (!flowId) return { results: [] };
	const flow = (await forEditor(
		this,
		activeProspect,
		'List sources',
		async (send) => await send({ method: 'GET', path: ['flows', flowId] }),
	)) as IDataObject;
	const sources = listOf(flow.sources).map(({ entity }) => (entity ?? {}) as IDataObject);
	return found(entries(sources.filter(({ id }) => id !== undefined)), filter);
}

async function entitiesWith(context: ILoadOptionsFunctions, role: 'source' | 'recipient'): Promise<Entry[]> {
	const all = await read(context, 'entities', { method: 'GET', path: ['entities'] });
	return entries(all.filter((entity) => entity[role]));
}

/** The sources of the flow that is picked, for a list to choose from. */
export async function getSources(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await entitiesWith(this, 'source');
}

/** The recipients of the flow that is picked, for a list to choose from. */
export async function getRecipients(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await entitiesWith(this, 'recipient');
}

/** The account's reports by name, for a picker that can be searched. */
export async function searchReports(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return found(entries(await read(this, 'reports', { method: 'GET', path: ['reports'] })), filter);
}

/** The account's suppression lists by name, for a picker that can be searched. */
export async function searchLists(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const lists = await read(this, 'suppression lists', {
		method: 'GET',
		server: SUPPRESSION_LIST,
		path: ['lists'],
	});
	return found(
		entries(lists, ({ url_name, id }) => url_name ?? id),
		filter,
	);
}
