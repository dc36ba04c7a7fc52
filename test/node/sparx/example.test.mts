import { readFileSync } from 'node:fs';
import type { IConnections, INode } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { accounts as sparaAccounts } from '../../../sandbox/spara/accounts.mts';
import { startSandbox } from '../../../sandbox/server.mts';
import { runWorkflow } from '../engine/run.mts';
import { dialects, keys } from './stage.mts';

interface WorkflowFile {
	nodes: INode[];
	connections: IConnections;
}

const example: WorkflowFile = JSON.parse(readFileSync('examples/sparx-order-from-spara-lead.json', 'utf8'));

/** The engine has no node of n8n's own but these: where failed items go does nothing in it, and nor do notes. */
const inEngine = (node: INode): INode =>
	/^n8n-nodes-base\.(set|stickyNote)$/.test(node.type) ? { ...node, type: 'n8n-nodes-base.noOp' } : node;

describe('the example: a lead event, the customer, the order', () => {
	it.each(dialects)(
		'makes one customer and one order, however often the event comes, dialect %s',
		async (dialect) => {
			const { url, sandbox, close } = await startSandbox({ port: 0 });
			try {
				const lead = sandbox.spara.leads().find(({ data }) => data.email);
				const event = { platform: 'spara', event: 'lead.created', lead: { id: lead?.id } };
				const nodes = example.nodes
					.map(inEngine)
					.map((node) =>
						node.name === 'Spara Trigger'
							? { ...node, type: 'n8n-nodes-base.manualTrigger', parameters: {} }
							: node,
					);
				const run = async () =>
					await runWorkflow({
						workflow: {
							nodes,
							connections: example.connections,
							pinData: { 'Spara Trigger': [{ json: event }] },
						},
						nodeTypes: { 'n8n-nodes-leadwire.spara': new Spara(), 'n8n-nodes-leadwire.sparx': new Sparx() },
						credentials: {
							sparaApi: { apiKey: sparaAccounts[0].key, baseUrl: `${url}/spara/v1` },
							sparxApi: { apiKey: keys.editor, baseUrl: `${url}/sparx/v1` },
						},
						credentialTypes: [new SparaApi(), new SparxApi()],
					});
				sandbox.sparx.configure({ dialect });
				const first = await run();
				const again = await run();
				const outputOf = ({ runData }: typeof first, name: string) =>
					runData[name]?.[0]?.data?.main[0]?.[0]?.json;
				expect([first.error, again.error]).toEqual([undefined, undefined]);
				expect(outputOf(first, 'Find or create customer')).toMatchObject({
					email: lead?.data.email,
					created: true,
				});
				expect(outputOf(again, 'Find or create customer')).toMatchObject({ created: false });
				expect(outputOf(first, 'Create order')).toMatchObject({
					orderNumber: `WELCOME-${lead?.id}`,
					total: 0,
				});
				expect(outputOf(again, 'Create order')).toMatchObject({ id: outputOf(first, 'Create order')?.id });
				expect(sandbox.sparx.duplicates({ kind: 'customer' })).toEqual({});
				expect(sandbox.sparx.writes({ kind: 'order' })).toEqual({ [`WELCOME-${lead?.id}`]: 1 });
			} finally {
				await close();
			}
		},
		30_000,
	);
});
