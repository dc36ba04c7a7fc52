import { readFileSync } from 'node:fs';
import type { IDataObject, INode } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import type { WorkflowFile } from '../../../lab/rest.mts';
import { runWorkflow } from '../engine/run.mts';
import { dialects, keys, openSparx, type SparxStage } from './stage.mts';

const example: WorkflowFile = JSON.parse(readFileSync('examples/sparx-qualified-call-to-deal.json', 'utf8'));

/** The engine has no node of n8n's own but a few: it starts where it is told to, asks nothing and notes nothing. */
function inEngine(node: INode, start: string): INode {
	if (node.name === start) return { ...node, type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	return node.type.startsWith('n8n-nodes-base.') ? { ...node, type: 'n8n-nodes-base.noOp' } : node;
}

describe.each(dialects)('the example: a qualified call, the deal, the order, dialect %s', (dialect) => {
	let stage: SparxStage;
	beforeEach(async () => {
		stage = await openSparx();
		stage.sandbox.configure({ dialect });
	});
	afterEach(async () => await stage.close());

	/** Runs the half of the example that begins with this trigger, with its pinned data. */
	const run = async (start: string) => {
		const nodes = example.nodes
			.filter(({ type, name }) => name === start || !/Trigger$/.test(type))
			.map((node) => inEngine(node, start));
		const { error, runData } = await runWorkflow({
			workflow: { nodes, connections: example.connections, pinData: example.pinData },
			nodeTypes: { 'n8n-nodes-leadwire.sparx': new Sparx() },
			credentials: { sparxApi: { apiKey: keys.editor, baseUrl: stage.baseUrl } },
			credentialTypes: [new SparxApi()],
		});
		expect(error).toBeUndefined();
		return (node: string, output = 0): IDataObject[] =>
			(runData[node]?.[0].data?.main[output] ?? []).map(({ json }) => json);
	};

	it('makes of a call the company, the customer, the deal and a task for its owner', async () => {
		const outputOf = await run('Spara Trigger');
		expect(outputOf('What failed')).toEqual([]);
		const [company] = outputOf('Create or update company');
		const [customer] = outputOf('Link to company');
		const [deal] = outputOf('Create deal');
		const [task] = outputOf('Create task for the owner');
		expect(company).toMatchObject({ companyName: 'Contoso', created: true });
		expect(customer).toMatchObject({ email: 'zoe.turing.50ju7t@contoso.example' });
		const linked = stage.sandbox.customers().find(({ id }) => id === customer.id);
		expect(linked?.companyId ?? linked?.b2bAccountId).toBe(company.id);
		expect(deal).toMatchObject({
			title: 'Call of 2026-02-08: Contoso',
			customerId: customer.id,
			companyId: company.id,
			stage: { name: 'Qualified' },
		});
		expect(task).toMatchObject({
			dealId: deal.id,
			customerId: customer.id,
			assignedToUserId: deal.assignedRepId,
			priority: 'high',
			status: 'open',
		});
		const again = await run('Spara Trigger');
		expect(again('Create or update company')).toMatchObject([{ id: company.id, created: false }]);
		expect(again('Create or update customer')).toMatchObject([{ id: customer.id, created: false }]);
	});

	it('makes of a deal that was won one order, however often the deal changes', async () => {
		const first = await run('Deal changed');
		const again = await run('Deal changed');
		const [order] = first('Create order');
		expect(order).toMatchObject({ orderNumber: 'DEAL-E0000000', total: 1250, currency: 'USD' });
		expect(again('Create order')).toMatchObject([{ id: order.id }]);
		expect([...first('Attach to the deal'), ...again('Attach to the deal')]).toMatchObject([
			{ orderId: order.id, wasAttached: false },
			{ orderId: order.id, wasAttached: true },
		]);
		expect(stage.sandbox.writes({ kind: 'order' })).toEqual({ 'DEAL-E0000000': 1 });
	});
});
