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

/** What n8n's editor shows in a picker: one page of its list. */
export async function searchList(request: ListRequest): Promise<INodeListSearchResult> {
	const { node, method, credentials, credentialTypes, parameters = {}, filter, paginationToken } = request;
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
	const context = new LoadOptionsContext(workflow, placed, additionalData, '');
	return await node.methods!.listSearch![method].call(context, filter, paginationToken);
}
