import type { IDataObject } from 'n8n-workflow';
import { SparxApi } from '../../../credentials/SparxApi.credentials';
import { Sparx } from '../../../nodes/Sparx/Sparx.node';
import { accounts } from '../../../sandbox/sparx/accounts.mts';
import { dialects } from '../../../sandbox/sparx/settings.mts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { runNode, type NodeResult, type NodeRun } from '../engine/run.mts';

export const { keys } = accounts[0];
export { dialects };

/** Where a version of Sparx has its orders. */
export const ordersPath = (dialect: (typeof dialects)[number]): string =>
	dialect === 'newer' ? '/orders' : '/crm/orders';

export type SparxRun = Pick<NodeRun, 'settings' | 'executionId' | 'signal'> & {
	items?: IDataObject[];
	/** Beside key and base URL. */
	credential?: IDataObject;
};

/** A sandbox of its own and the Sparx node on the real engine. */
export interface SparxStage {
	baseUrl: string;
	sandbox: Sandbox['sparx'];
	/** Runs one operation over the items (default: one empty item). */
	run(resource: string, operation: string, parameters: IDataObject, run?: SparxRun): Promise<NodeResult>;
	close(): Promise<void>;
}

/** Without a rate limit, unless a test sets one. */
export async function openSparx(options: SandboxOptions = {}): Promise<SparxStage> {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	sandbox.sparx.limit({ name: 'general' });
	const baseUrl = `${url}/sparx/v1`;
	return {
		baseUrl,
		sandbox: sandbox.sparx,
		run: async (resource, operation, parameters, { items = [{}], credential, ...run } = {}) =>
			await runNode({
				node: new Sparx(),
				type: 'n8n-nodes-leadwire.sparx',
				parameters: { resource, operation, ...parameters } as NodeRun['parameters'],
				items,
				credentials: { sparxApi: { apiKey: keys.editor, baseUrl, ...credential } },
				credentialTypes: [new SparxApi()],
				...run,
			}),
		close,
	};
}

/** Items 0 to count - 1, each made by `item`. */
export function itemsOf(count: number, item: (index: number) => IDataObject): IDataObject[] {
	return Array.from({ length: count }, (_, index) => item(index));
}

/** A resource locator as the editor stores it. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });

export const GOES_ON: SparxRun['settings'] = { onError: 'continueRegularOutput' };

/** One line item, as the fields of the editor give it. */
export const HAT = { items: { line: [{ sku: 'HAT-1', name: 'Felt hat', quantity: 2, unitPrice: 45.5 }] } };
