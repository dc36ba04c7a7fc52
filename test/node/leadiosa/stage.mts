import type { IDataObject } from 'n8n-workflow';
import { LeadiosaApi } from '../../../credentials/LeadiosaApi.credentials';
import { Leadiosa } from '../../../nodes/Leadiosa/Leadiosa.node';
import { LeadiosaTrigger } from '../../../nodes/Leadiosa/LeadiosaTrigger.node';
import { accounts } from '../../../sandbox/leadiosa/accounts.mts';
import { startSandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { runNode, type NodeRun } from '../engine/run.mts';

export const [acme, globex] = accounts;
export const [ownerToken, operatorToken] = acme.tokens;

const credentialTypes = [new LeadiosaApi()];

/** So that only tests about the limit meet it. */
const GENEROUS = { limitRate: true, rateLimitRequests: 100_000, rateLimitSeconds: 60 };

/** A sandbox, and the node and the trigger as the engine runs them against it. */
export async function openStage(options: SandboxOptions = {}) {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	const credentialOf = (more: IDataObject = {}) => ({
		leadiosaApi: { apiKey: ownerToken.key, baseUrl: `${url}/leadiosa/api/v1`, ...GENEROUS, ...more } as never,
	});
	return {
		url,
		leadiosa: sandbox.leadiosa,
		close,
		/** Runs one operation over the items, with the owner's token unless the credential says otherwise. */
		run: async (
			resource: string,
			operation: string,
			parameters: IDataObject = {},
			items: IDataObject[] = [{}],
			{ credential, ...more }: Partial<NodeRun> & { credential?: IDataObject } = {},
		) =>
			await runNode({
				node: new Leadiosa(),
				type: 'n8n-nodes-leadwire.leadiosa',
				parameters: { resource, operation, ...parameters } as never,
				items,
				credentials: credentialOf(credential),
				credentialTypes,
				...more,
			}),
		/** The trigger as it is placed in a workflow, at an n8n with this address. */
		trigger: (parameters: IDataObject = {}, credential: IDataObject = {}) => ({
			trigger: new LeadiosaTrigger(),
			parameters: { events: ['*'], ...parameters } as never,
			credentials: credentialOf(credential),
			credentialTypes,
			instanceUrl: 'http://127.0.0.1:6050',
		}),
	};
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
