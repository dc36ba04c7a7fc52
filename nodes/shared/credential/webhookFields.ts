import type { INodeProperties } from 'n8n-workflow';

const shown = { receiveEvents: [true] };
const hidden = { receiveEvents: [false] };

function when(field: INodeProperties, condition: typeof shown): INodeProperties {
	const { show, hide } = field.displayOptions ?? {};
	return { ...field, displayOptions: { show: { ...show, ...condition }, ...(hide ? { hide } : {}) } };
}

/**
 * The credential's fields that only triggers need, behind a switch.
 * n8n drops the values of fields that are not displayed, when it saves a credential and when a node reads one. Credentials made
 * before there was a switch have it off, so each field is there a second time, of a type that nobody sees but that keeps its value.
 * @param description what the switch says, starting with "Whether"
 */
export function webhookFields(description: string, fields: INodeProperties[]): INodeProperties[] {
	return [
		{ displayName: 'Receive Events', name: 'receiveEvents', type: 'boolean', default: false, description },
		...fields.map((field) => when(field, shown)),
		...fields.map((field): INodeProperties => when({ ...field, type: 'hidden' }, hidden)),
	];
}
