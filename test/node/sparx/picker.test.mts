import { LoadOptionsContext } from 'n8n-core';
import { Workflow, type INode } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { additionalDataFor, credentialLinks, nodeTypesFrom } from '../engine/host.mts';
import { keys, openSparx, type SparxStage } from './stage.mts';

let stage: SparxStage;
beforeEach(async () => (stage = await openSparx()));
afterEach(async () => await stage.close());

async function search(filter?: string, paginationToken?: string, apiKey = keys.editor) {
	const sparx = new Sparx();
	const credentials = { sparxApi: { apiKey, baseUrl: stage.baseUrl } };
	const node: INode = {
		id: 'Node',
		name: 'Node',
		type: 'sparx',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: credentialLinks(sparx, credentials),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesFrom({ sparx }),
	});
	const additionalData = additionalDataFor({ credentials, credentialTypes: [new SparxApi()] });
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	return await sparx.methods.listSearch.searchCustomers.call(context, filter, paginationToken);
}

describe('the list of customers', () => {
	it('finds them by a part of name or email, and names them', async () => {
		const { id } = stage.sandbox.addCustomer({
			customer: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Byron' },
		});
		expect(await search('BYRON')).toEqual({ results: [{ name: 'Ada Byron, ada@example.com', value: id }] });
	});

	it('goes on page by page', async () => {
		stage.sandbox.seed({ customers: 100 });
		const values: unknown[] = [];
		let token: string | undefined;
		do {
			const { results, paginationToken } = await search(undefined, token);
			values.push(...results.map(({ value }) => value));
			token = paginationToken as string | undefined;
		} while (token);
		expect(new Set(values).size).toBe(112);
	});

	it('says why it is empty', async () => {
		await expect(search(undefined, undefined, 'sk_live_wrong')).rejects.toMatchObject({
			message: 'Sparx did not accept the API key: Invalid or expired API key',
		});
	});
});
