import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialType,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import type { Credentials } from './credentials.mts';
import { additionalDataFor, credentialLinks, newestVersion, nodeTypesFrom } from './host.mts';

export interface ListRequest {
	node: INodeType;
	method: string;
	credentials: Credentials;
	credentialTypes: ICredentialType[];
	/** The other fields of the node, as they are filled in. */
	parameters?: INodeParameters;
	filter?: string;
	/** What the page before gave. */
	paginationToken?: string;
}

/** What the editor gives a node's method for lists, options or mapper fields. */
export function editorContext(request: Omit<ListRequest, 'method'>): LoadOptionsContext {
	const { node, credentials, credentialTypes, parameters = {} } = request;
	const type = node.description.name;
	const placed: INode = {
		id: 'Node',
		name: 'Node',
		type,
		typeVersion: newestVersion(node),
		position: [0, 0],
		parameters,
		credentials: credentialLinks(node, credentials),
	};
	const workflow = new Workflow({
		nodes: [placed],
		connections: {},
		active: false,
		nodeTypes: nodeTypesFrom({ [type]: node }),
	});
	const additionalData = additionalDataFor({ credentials, credentialTypes });
	additionalData.currentNodeParameters = parameters;
	return new LoadOptionsContext(workflow, placed, additionalData, '');
}

/** What n8n's editor shows in a picker: one page of its list. */
export async function searchList(request: ListRequest): Promise<INodeListSearchResult> {
	const { node, method, filter, paginationToken } = request;
	return await node.methods!.listSearch![method].call(editorContext(request), filter, paginationToken);
}
