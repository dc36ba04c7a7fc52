import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { atHand } from '../../../shared/operation/atHand';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { deal, pipelineId, stageId } from '../../entities';
import { fieldCollection, present } from '../fields';
import { dealFields, dealInput, title, titleInput, toApiFields } from './data';

/** Nothing of a deal is unique in Sparx. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create deal',
	description: 'Add a deal to a pipeline',
	fields: [
		pipelineId,
		stageId,
		title,
		atHand(fieldCollection('Additional Fields', 'additionalFields', 'Add field', dealFields), ['customerId']),
	],
	input: z.object({
		pipelineId: id,
		stageId: id,
		title: titleInput,
		additionalFields: z.object(dealInput).partial().default({}),
	}),
	safety: 'nonIdempotent',
	request: ({ additionalFields, ...placed }) => ({
		method: 'POST',
		path: deal.path,
		body: toApiFields(present({ ...placed, ...additionalFields } as IDataObject)),
	}),
	output: recordIn,
	simplify: deal.simplify,
	advice: { 422: 'Check the values; the stage must be one of the pipeline.' },
});
