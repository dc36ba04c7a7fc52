import { NodeConnectionTypes, type IExecuteFunctions, type INodeType } from 'n8n-workflow';

/** The few nodes of n8n's own that a workflow needs around ours, under their real type names. */
export const builtInNodes: Record<string, INodeType> = {
	'n8n-nodes-base.manualTrigger': {
		description: {
			displayName: 'Manual Trigger',
			name: 'manualTrigger',
			group: ['trigger'],
			version: 1,
			description: 'Runs the flow on clicking a button in n8n',
			defaults: { name: 'Manual Trigger' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async trigger() {
			return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray([{}])]) };
		},
	},
	'n8n-nodes-base.noOp': {
		description: {
			displayName: 'No Operation, do nothing',
			name: 'noOp',
			group: ['organization'],
			version: 1,
			description: 'No Operation',
			defaults: { name: 'No Operation, do nothing' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute() {
			return [this.getInputData()];
		},
	},
};

/** Follows the item links of what it receives, as an expression in a later node of a user's workflow would. */
export const linkProbe: INodeType = {
	description: {
		displayName: 'Link Probe',
		name: 'linkProbe',
		group: ['transform'],
		version: 1,
		description: "Puts the item that $('Input').item finds into `input`, or null where n8n cannot tell",
		defaults: { name: 'Link Probe' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [
			{ displayName: 'Input', name: 'input', type: 'json', default: "={{ $('Input').item.json }}" },
		],
	},
	async execute() {
		return [
			this.getInputData().map((_, item) => ({ json: { input: linkedInput(this, item) }, pairedItem: item })),
		];
	},
};

function linkedInput(context: IExecuteFunctions, item: number) {
	try {
		return context.getNodeParameter('input', item) as object;
	} catch {
		return null;
	}
}
