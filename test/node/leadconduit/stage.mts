import type { IDataObject } from 'n8n-workflow';
import { LeadConduitApi } from '../../../credentials/LeadConduitApi.credentials.ts';
import { LeadConduit } from '../../../nodes/LeadConduit/LeadConduit.node.ts';
import { startSandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { runNode, type NodeRun } from '../engine/run.mts';

export const KEY = 'leadconduit-sandbox-acme';
export const READER_KEY = 'leadconduit-sandbox-acme-reader';
export const SECRET = 'leadconduit-sandbox-acme-webhooks';

/** A limit of the account, both as the sandbox keeps it and as the credential states it. */
export interface Windows {
	hour: { limit: number; seconds: number };
	minute: { limit: number; seconds: number };
}

/** A sandbox of its own, and LeadConduit's node run against it in n8n's engine. */
export async function openStage(options: SandboxOptions = {}) {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	const baseUrl = `${url}/leadconduit/api/v1`;
	let figures: IDataObject = {};

	const credentialOf = (more: IDataObject = {}) => ({
		leadConduitApi: {
			apiKey: KEY,
			environment: 'custom',
			baseUrl,
			webhookSecret: SECRET,
			...figures,
			...more,
		},
	});
	return {
		leadconduit: sandbox.leadconduit,
		baseUrl,
		close,
		credentialOf,
		credentialTypes: [new LeadConduitApi()],
		/** Sets the account's limits, or takes them away. */
		limitTo(windows?: Windows) {
			const { hour, minute } = windows ?? {};
			const inSandbox = [hour, minute].flatMap((each) =>
				each ? [{ limit: each.limit, windowMs: each.seconds * 1000 }] : [],
			);
			sandbox.leadconduit.limit({ name: 'general', windows: inSandbox });
			figures = {
				limitRate: true,
				rateLimitRequests: hour?.limit ?? 1_000_000,
				rateLimitSeconds: hour?.seconds ?? 1,
				burstLimitRequests: minute?.limit ?? 1_000_000,
				burstLimitSeconds: minute?.seconds ?? 1,
			};
		},
		async run(
			[resource, operation]: [resource: string, operation: string],
			parameters: IDataObject,
			items: IDataObject[] = [{}],
			more: Partial<NodeRun> & { credential?: IDataObject } = {},
		) {
			const { credential, ...rest } = more;
			return await runNode({
				node: new LeadConduit(),
				type: 'n8n-nodes-leadwire.leadConduit',
				parameters: { resource, operation, ...parameters } as NodeRun['parameters'],
				items,
				credentials: credentialOf(credential),
				credentialTypes: [new LeadConduitApi()],
				...rest,
			});
		},
	};
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The flow as a picked resource, the way the editor stores it. */
export const flow = (value = 'flow_plain') => ({ __rl: true, mode: 'id', value });
