import type { IDataObject } from 'n8n-workflow';
import { SparaApi } from '../../../credentials/SparaApi.credentials';
import { Spara } from '../../../nodes/Spara/Spara.node';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { runNode, type NodeResult, type NodeRun } from '../engine/run.mts';

export const VOICE_AGENT = '3f0c5a1e-7b2d-4c98-9e11-5a6b7c8d9e0f';
export const API_KEY = 'spara-sandbox-acme';

export type SparaRun = Pick<NodeRun, 'settings' | 'executionId' | 'signal' | 'mode'> & {
	items?: IDataObject[];
	/** Beside key and base URL. */
	credential?: IDataObject;
};

/** A sandbox of its own and the Spara node on the real engine. */
export interface SparaStage {
	url: string;
	sandbox: Sandbox['spara'];
	/** Runs one lead operation over the items (default: one empty item). */
	lead(operation: string, parameters: IDataObject, run?: SparaRun): Promise<NodeResult>;
	close(): Promise<void>;
}

export async function openSpara(options: SandboxOptions = {}): Promise<SparaStage> {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	return {
		url,
		sandbox: sandbox.spara,
		lead: async (operation, parameters, { items = [{}], credential, ...run } = {}) =>
			await runNode({
				node: new Spara(),
				type: 'n8n-nodes-leadwire.spara',
				parameters: { resource: 'lead', operation, ...parameters } as NodeRun['parameters'],
				items,
				credentials: { sparaApi: { apiKey: API_KEY, baseUrl: `${url}/spara/v1`, ...credential } },
				credentialTypes: [new SparaApi()],
				...run,
			}),
		close,
	};
}

/** Items 0 to count - 1, each made by `item`. */
export function itemsOf(count: number, item: (index: number) => IDataObject): IDataObject[] {
	return Array.from({ length: count }, (_, index) => item(index));
}
