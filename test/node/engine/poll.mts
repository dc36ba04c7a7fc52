import { PollContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';
import type { Credentials } from './credentials.mts';
import { additionalDataFor, credentialLinks, newestVersion, nodeTypesFrom } from './host.mts';

export interface PlacedPollingTrigger {
	trigger: INodeType;
	parameters?: INodeParameters;
	credentials?: Credentials;
	credentialTypes?: ICredentialType[];
	/** Tells triggers of one process apart. */
	workflowId?: string;
}

/**
 * A polling trigger in n8n-core's PollContext. Each poll reads the static data stored so far and stores what it
 * changed; a poll that throws stores nothing. `test` polls as "Execute step" in the editor does.
 */
export function polling({
	trigger,
	parameters = {},
	credentials = {},
	workflowId = 'workflow',
	...rest
}: PlacedPollingTrigger) {
	let staticData: IDataObject = {};
	const type = 'harness.pollingTrigger';
	const placed: INode = {
		id: 'Trigger',
		name: 'Trigger',
		type,
		typeVersion: newestVersion(trigger),
		position: [0, 0],
		parameters,
		credentials: credentialLinks(trigger, credentials),
	};
	const pollIn = async (mode: 'trigger' | 'manual'): Promise<INodeExecutionData[]> => {
		const before = JSON.stringify(staticData);
		const workflow = new Workflow({
			id: workflowId,
			active: mode === 'trigger',
			nodes: [structuredClone(placed)],
			connections: {},
			nodeTypes: nodeTypesFrom({ [type]: trigger }),
			staticData: { 'node:Trigger': structuredClone(staticData) },
		});
		const context = new PollContext(
			workflow,
			workflow.nodes.Trigger,
			additionalDataFor({ ...rest, credentials }),
			mode,
			'activate',
		);
		const output = await trigger.poll!.call(context);
		// What a poll left as it was is not saved: another poll may have changed it meanwhile.
		const after = JSON.stringify(workflow.staticData['node:Trigger']);
		if (mode === 'trigger' && after !== before) staticData = JSON.parse(after);
		return output?.[0] ?? [];
	};
	return {
		poll: async () => await pollIn('trigger'),
		test: async () => await pollIn('manual'),
		/** As stored now. */
		get staticData(): IDataObject {
			return staticData;
		},
	};
}
