import type { IDataObject } from 'n8n-workflow';
import { SparkLoopApi } from '../../../credentials/SparkLoopApi.credentials';
import { SparkLoop } from '../../../nodes/SparkLoop/SparkLoop.node';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { runNode, type NodeResult, type NodeRun } from '../engine/run.mts';

export const ACCOUNT = {
	key: 'sparkloop-sandbox-acme',
	token: 'sparkloop-sandbox-acme-token',
	campaignId: 'MF12ab34',
};

/** A picker's value, given by ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });

export type SparkLoopRun = Pick<NodeRun, 'settings' | 'executionId' | 'signal'> & {
	items?: IDataObject[];
	/** Beside key and base URL. */
	credential?: IDataObject;
};

/** A sandbox of its own and the SparkLoop node on the real engine. */
export interface SparkLoopStage {
	url: string;
	baseUrl: string;
	sandbox: Sandbox['sparkloop'];
	/** Runs one operation, named like "subscriber.get", over the items (default: one empty item). */
	run(operation: string, parameters: IDataObject, run?: SparkLoopRun): Promise<NodeResult>;
	close(): Promise<void>;
}

/** For an account with a limit that no test reaches. */
export const FAST = { limitRate: true, rateLimitRequests: 100_000, rateLimitSeconds: 60 };

/** @param account what the credential says beside key and base URL, unless a run says otherwise */
export async function openSparkLoop(
	options: SandboxOptions = {},
	account: IDataObject = {},
): Promise<SparkLoopStage> {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	const baseUrl = `${url}/sparkloop/v2`;
	return {
		url,
		baseUrl,
		sandbox: sandbox.sparkloop,
		run: async (name, parameters, { items = [{}], credential, ...run } = {}) => {
			const [resource, operation] = name.split('.');
			return await runNode({
				node: new SparkLoop(),
				type: 'n8n-nodes-leadwire.sparkLoop',
				parameters: { resource, operation, ...parameters } as NodeRun['parameters'],
				items,
				credentials: { sparkLoopApi: { apiKey: ACCOUNT.key, baseUrl, ...account, ...credential } },
				credentialTypes: [new SparkLoopApi()],
				...run,
			});
		},
		close,
	};
}

/** Items 0 to count - 1, each made by `item`. */
export function itemsOf(count: number, item: (index: number) => IDataObject): IDataObject[] {
	return Array.from({ length: count }, (_, index) => item(index));
}
