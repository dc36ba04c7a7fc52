import type { IDataObject } from 'n8n-workflow';
import { ActiveProspectApi } from '../../../credentials/ActiveProspectApi.credentials.ts';
import { ActiveProspect } from '../../../nodes/ActiveProspect/ActiveProspect.node.ts';
import { startSandbox, type SandboxOptions } from '../../../sandbox/server.mts';
import { faultsOf } from '../../unit/activeprospect/openapiFacts.mts';
import { runNode, type NodeRun } from '../engine/run.mts';

export const KEY = 'activeprospect-sandbox-acme';
export const SECRET = 'activeprospect-sandbox-acme-webhooks';
export const PARTNER_KEY = 'activeprospect-sandbox-partner';

const picked = (value: string) => ({ __rl: true, mode: 'id', value });

/** A sandbox of its own, and ActiveProspect's node run against it in n8n's engine. */
export async function openStage(options: SandboxOptions = {}) {
	const { url, sandbox, close } = await startSandbox({ port: 0, ...options });
	const baseUrl = `${url}/activeprospect`;
	const activeprospect = sandbox.activeprospect;
	const flows = activeprospect.flowIds();
	const entities = activeprospect.entityIds();
	const credentialOf = (more: IDataObject = {}) => ({
		activeProspectApi: {
			apiKey: KEY,
			baseUrl,
			suppressionListUrl: `${baseUrl}/suppressionlist`,
			webhookVerification: 'header',
			webhookSecret: SECRET,
			...more,
		},
	});
	return {
		activeprospect,
		baseUrl,
		flows,
		entities,
		close,
		credentialOf,
		credentialTypes: [new ActiveProspectApi()],
		/** Where a lead goes: a flow, and a source of it. */
		posting: (flow: keyof typeof flows, source: keyof typeof entities = 'form') => ({
			flowId: picked(flows[flow]),
			sourceId: picked(entities[source]),
		}),
		async run(
			[resource, operation]: [resource: string, operation: string],
			parameters: IDataObject,
			items: IDataObject[] = [{}],
			more: Partial<NodeRun> & { credential?: IDataObject; isChecked?: boolean } = {},
		) {
			const { credential, isChecked = true, ...rest } = more;
			const result = await runNode({
				node: new ActiveProspect(),
				type: 'n8n-nodes-leadwire.activeProspect',
				parameters: { resource, operation, ...parameters } as NodeRun['parameters'],
				items,
				credentials: credentialOf(credential),
				credentialTypes: [new ActiveProspectApi()],
				...rest,
			});
			// Every request that the node has ever sent here is one of the vendor's API, but what a person writes by hand.
			if (isChecked) expect(activeprospect.requests().flatMap((request) => faultsOf(request))).toEqual([]);
			return result;
		},
	};
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

export const json = (fields: IDataObject) => ({ leadData: 'json', fieldsJson: fields });

export const ana = {
	first_name: 'Ana',
	last_name: 'Ames',
	email: 'ana@shop.example',
	phone_1: '5125550142',
	state: 'TX',
	reference: 'row-1',
};
