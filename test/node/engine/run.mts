import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ExecutionError,
	type ExecutionStatus,
	type IConnections,
	type ICredentialType,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IPinData,
	type IRunData,
	type NodeExecutionHint,
} from 'n8n-workflow';
import { checkOutputs } from '../../../lab/outputs/recording.mts';
import type { Credentials } from './credentials.mts';
import { additionalDataFor, credentialLinks, newestVersion, nodeTypesFrom } from './host.mts';
import { builtInNodes, linkProbe } from './nodes.mts';

interface Execution {
	credentials?: Credentials;
	credentialTypes?: ICredentialType[];
	/** Default: a new one for each run. */
	executionId?: string;
	/** Aborting it cancels the execution, as the Stop button does. */
	signal?: AbortSignal;
	/** The workflow's time zone, e.g. `Europe/Berlin`. */
	timezone?: string;
	/** `manual` (default) is a run from the editor, `trigger` one in production. */
	mode?: 'manual' | 'trigger';
}

export interface WorkflowRun extends Execution {
	/** As n8n exports it. Nodes get the given credentials that their type asks for. */
	workflow: { nodes: INode[]; connections: IConnections; pinData?: IPinData };
	/** By full type name; Manual Trigger and No Operation are there already. */
	nodeTypes: Record<string, INodeType>;
}

export interface WorkflowResult {
	status: ExecutionStatus;
	/** What ended the execution, if it did not end well. */
	error?: ExecutionError;
	/** By node name, one entry per run of the node. */
	runData: IRunData;
}

let executions = 0;

/**
 * Runs a workflow through n8n-core's engine, from its trigger, with production's HTTP path and real expressions.
 * Resolves however the execution ends: a failed or cancelled one is in `status` and `error`.
 */
export async function runWorkflow(request: WorkflowRun): Promise<WorkflowResult> {
	const { signal, credentials = {}, executionId = `${++executions}`, mode = 'manual' } = request;
	const nodeTypes = { ...builtInNodes, ...request.nodeTypes };
	const { nodes, connections, pinData } = structuredClone(request.workflow);
	for (const node of nodes) node.credentials = credentialLinks(nodeTypes[node.type], credentials);
	const settings = { executionOrder: 'v1', timezone: request.timezone } as const;
	const definition = { id: 'workflow', name: 'Workflow', active: false, nodes, connections, settings };
	const workflow = new Workflow({ ...definition, nodeTypes: nodeTypesFrom(nodeTypes) });

	const additionalData = additionalDataFor({ ...request, executionId });
	additionalData.hooks = new ExecutionLifecycleHooks(mode, executionId, {
		...definition,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
	});

	let execution: ReturnType<WorkflowExecute['run']>;
	try {
		execution = new WorkflowExecute(additionalData, mode).run({ workflow, pinData });
	} catch (error) {
		// Thrown before anything ran (an empty required parameter, say); n8n too ends it as a failed execution.
		return { status: 'error', error: error as ExecutionError, runData: {} };
	}
	const cancel = () => execution.cancel();
	if (signal?.aborted) cancel();
	signal?.addEventListener('abort', cancel, { once: true });
	try {
		const { status, data } = await execution;
		// The demo runs examples too, where a shape that is not recorded is no fault.
		for (const { name, type, parameters } of process.env.JEST_WORKER_ID ? nodes : []) {
			const outputs = data.resultData.runData[name]?.flatMap((run) => run.data?.main[0] ?? []) ?? [];
			checkOutputs(
				type,
				parameters,
				outputs.map(({ json }) => json),
			);
		}
		return { status, error: data.resultData.error, runData: data.resultData.runData };
	} finally {
		signal?.removeEventListener('abort', cancel);
	}
}

export interface NodeRun extends Execution {
	node: INodeType;
	/** Full type name, for example `n8n-nodes-leadwire.spara`. */
	type: string;
	/** May hold expressions (`={{ $json.email }}`), resolved for each item. */
	parameters: INodeParameters;
	/** The `json` of each input item. */
	items: IDataObject[];
	settings?: Pick<INode, 'retryOnFail' | 'maxTries' | 'waitBetweenTries' | 'onError'>;
}

export interface NodeResult extends WorkflowResult {
	/** The node's first output, as the engine leaves it, `pairedItem` included. */
	items: INodeExecutionData[];
	/** The error output of `onError: 'continueErrorOutput'`. */
	errorItems: INodeExecutionData[];
	/** For each of `items`, the input json that `$('Input').item` finds in a later node; null where n8n cannot tell. */
	linkedInputs: Array<IDataObject | null>;
	/** The same for `errorItems`. */
	linkedErrorInputs: Array<IDataObject | null>;
	hints: NodeExecutionHint[];
	/** ms the node ran, as n8n records it; Retry On Fail's tries and waits included. */
	durationMs: number;
}

const mainTo = (...targets: string[]) => ({
	main: targets.map((node) => [{ node, type: 'main' as const, index: 0 }]),
});

const placed = (name: string, type: string, x: number, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [x, 0],
	parameters: {},
	...more,
});

/**
 * Runs one node between a Manual Trigger named "Input", pinned to `items`, and link probes on both outputs.
 * The node is named "Node". `error` is also set when On Error made the execution continue after the node threw.
 */
export async function runNode(request: NodeRun): Promise<NodeResult> {
	const { node, type, parameters, items, settings, ...execution } = request;
	const outcome = await runWorkflow({
		...execution,
		nodeTypes: { [type]: node, 'harness.linkProbe': linkProbe },
		workflow: {
			nodes: [
				placed('Input', 'n8n-nodes-base.manualTrigger', 0),
				placed('Node', type, 200, { typeVersion: newestVersion(node), parameters, ...settings }),
				placed('Output', 'harness.linkProbe', 400),
				placed('Error Output', 'harness.linkProbe', 600),
			],
			connections: { Input: mainTo('Node'), Node: mainTo('Output', 'Error Output') },
			pinData: { Input: items.map((json) => ({ json })) },
		},
	});
	const outputOf = (name: string, index = 0) => outcome.runData[name]?.[0]?.data?.main[index] ?? [];
	const linksOf = (probe: string) => outputOf(probe).map((item) => item.json.input as IDataObject | null);
	const task = outcome.runData.Node?.[0];
	return {
		...outcome,
		error: outcome.error ?? task?.error,
		items: outputOf('Node'),
		errorItems: outputOf('Node', 1),
		linkedInputs: linksOf('Output'),
		linkedErrorInputs: linksOf('Error Output'),
		hints: task?.hints ?? [],
		durationMs: task?.executionTime ?? 0,
	};
}
