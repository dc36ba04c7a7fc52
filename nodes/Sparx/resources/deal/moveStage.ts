import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { deal, pipelineId, stageId } from '../../entities';
import { noteField, present } from '../fields';

/** A move to the same stage changes nothing, so it may be sent again. */
export const moveStage = operation({
	name: 'Move Stage',
	value: 'moveStage',
	action: 'Move deal to another stage',
	description: 'Move a deal to another stage of its pipeline; a stage for it makes the deal won or lost',
	fields: [
		deal.id,
		{ ...pipelineId, required: false, description: 'Only narrows the list of stages below' },
		stageId,
		noteField('Closed Reason', 'closedReason', 'Where the stage makes the deal won or lost'),
	],
	input: z.object({
		dealId: id,
		pipelineId: z.string().optional(),
		stageId: id,
		closedReason: z.string().max(500, 'must have 500 characters at most').optional(),
	}),
	safety: 'idempotent',
	orderingKey: (input) => input.dealId,
	request: (input) => ({
		method: 'POST',
		path: [...deal.path, input.dealId, 'move-stage'],
		body: present({ toStageId: input.stageId, closedReason: input.closedReason }),
	}),
	output: recordIn,
	simplify: deal.simplify,
	advice: { 422: 'The stage must be one of the pipeline that the deal is in.' },
});
