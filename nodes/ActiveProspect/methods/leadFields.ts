import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';
import { forEditor } from '../../shared/picker/search';
import { STANDARD_FIELDS } from '../lead';
import { submissionDetails } from '../resources/source/submissionDetails';
import { activeProspect } from '../vendor';

function asMapperField(id: string, displayName: string): ResourceMapperField {
	return {
		id,
		displayName,
		required: false,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		type: 'string',
	};
}

/** What the chosen source takes; those that nearly every flow has while none is chosen. */
export async function getLeadFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
	const [flowId, sourceId] = ['flowId', 'sourceId'].map(
		(name) => this.getCurrentNodeParameter(name, { extractValue: true }) as string | undefined,
	);
	const standard = Object.entries(STANDARD_FIELDS);
	if (!flowId || !sourceId) return { fields: standard.map(([id, label]) => asMapperField(id, label)) };
	const { params } = await forEditor(
		this,
		activeProspect,
		'Get submission details',
		async (send) => await submissionDetails(flowId, sourceId, send),
	);
	return { fields: params.map(({ name, label }) => asMapperField(name, label)) };
}
