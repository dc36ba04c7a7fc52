import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { withoutEmpty } from '../../../shared/data/values';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';

import { flowId, sourceId } from '../pickers';
import { submissionDetails } from './submissionDetails';

const HOST = 'https://app.leadconduit.com';

/** What a source takes, and where leads for it go (docs/vendors/activeprospect.md#flows). */
export const getSubmissionDetails = operation({
	name: 'Get Submission Details',
	value: 'getSubmissionDetails',
	action: 'Get submission details of source',
	description: 'Retrieve which fields a source of a flow takes, its criteria and its posting URL',
	fields: [flowId, sourceId],
	input: z.object({ flowId: id, sourceId: id }),
	safety: 'safe',
	run: async (input, send) => {
		const { params, description = {} } = await submissionDetails(input.flowId, input.sourceId, send);
		const postingUrl = `${HOST}/flows/${input.flowId}/sources/${input.sourceId}/submit`;
		return { ...description, params: params as unknown as IDataObject[], postingUrl };
	},
	simplify: (record, input) => {
		const { enabled, flow, source, ping_enabled: pingEnabled, params, postingUrl } = record;
		const { name: sourceName, authentication_required: authenticationRequired } = (source ??
			{}) as IDataObject;
		return withoutEmpty({
			flowId: input.flowId,
			flowName: (flow as IDataObject | undefined)?.name,
			sourceId: input.sourceId,
			sourceName,
			enabled,
			pingEnabled,
			authenticationRequired,
			postingUrl,
			fields: params,
		});
	},
});
