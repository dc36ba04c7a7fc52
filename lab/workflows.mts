import { randomUUID } from 'node:crypto';
import type { IDataObject, INode } from 'n8n-workflow';
import type { WorkflowFile } from './rest.mts';

export const MANUAL_TRIGGER = 'Start';

/** A node of the package, with the vendor's credential left for the editor to fill in. */
export function leadwireNode(name: string, type: string, credential: string, parameters: IDataObject): INode {
	return {
		id: randomUUID(),
		name,
		type: `n8n-nodes-leadwire.${type}`,
		typeVersion: 1,
		position: [0, 0],
		webhookId: randomUUID(),
		parameters,
		credentials: { [credential]: { id: '', name: '' } },
	} as INode;
}

/** Nodes one after another. */
export function chain(name: string, nodes: INode[]): WorkflowFile {
	const links = nodes
		.slice(1)
		.map((node, index) => [
			nodes[index].name,
			{ main: [[{ node: node.name, type: 'main' as const, index: 0 }]] },
		]);
	return { name, nodes, connections: Object.fromEntries(links) };
}

/** A workflow started by hand whose trigger gives the items to the node. */
export function manual(items: IDataObject[], node: INode): WorkflowFile {
	const trigger: INode = {
		id: randomUUID(),
		name: MANUAL_TRIGGER,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	};
	return {
		...chain(node.name, [trigger, node]),
		pinData: { [MANUAL_TRIGGER]: items.map((json) => ({ json })) },
	};
}

/** With hours that are always open: the outcome of a test must not depend on the day on which it runs. */
export function alwaysOpen(file: WorkflowFile): WorkflowFile {
	const always = { from: '00:00', to: '24:00', weekdays: [1, 2, 3, 4, 5, 6, 7], timeZone: 'UTC' };
	const nodes = file.nodes.map((node) => {
		const options = node.parameters.options as IDataObject | undefined;
		if (!options?.callingHours) return node;
		return {
			...node,
			parameters: { ...node.parameters, options: { ...options, callingHours: { hours: always } } },
		};
	});
	return { ...file, nodes } as WorkflowFile;
}
