import type {
	IDataObject,
	ILoadOptionsFunctions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import { STANDARD_FIELDS } from '../lead';
import { forEditor } from '../../shared/picker/search';
import { leadConduit } from '../vendor';

interface Step {
	type?: string;
	settings?: { required_fields?: unknown };
}

/**
 * The fields without which a flow takes no lead: those that its source steps require
 * (docs/vendors/leadconduit.md#flows).
 */
function requiredFields(flow: unknown): string[] {
	const { steps } = ((flow as IDataObject | undefined)?.configuration ?? {}) as { steps?: Step[] };
	return (steps ?? [])
		.filter(({ type }) => type === 'source')
		.flatMap(({ settings }) => (settings?.required_fields ?? []) as string[]);
}

function asMapperField(id: string, required: boolean): ResourceMapperField {
	return {
		id,
		displayName: STANDARD_FIELDS[id] ?? id,
		required,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
	};
}

/** The fields of a lead for the chosen flow, those that it requires first. */
export async function getLeadFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const flowId = this.getCurrentNodeParameter('flowId', { extractValue: true }) as string | undefined;
	const flow = flowId
		? await forEditor(
				this,
				leadConduit,
				'Get flow',
				async (send) => await send({ method: 'GET', path: ['flows', flowId] }),
			)
		: undefined;
	const required = Array.from(new Set(requiredFields(flow)));
	const optional = Object.keys(STANDARD_FIELDS).filter((field) => !required.includes(field));
	return {
		fields: [
			...required.map((field) => asMapperField(field, true)),
			...optional.map((field) => asMapperField(field, false)),
		],
	};
}
