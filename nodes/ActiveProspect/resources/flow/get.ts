import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { flowId } from '../pickers';
import { simplifyFlow } from './simplify';

export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve one flow; without Simplify with its sources, steps and mappings',
	fields: [flowId],
	input: z.object({ flowId: id }),
	safety: 'safe',
	orderingKey: (input) => input.flowId,
	request: (input) => ({ method: 'GET', path: ['flows', input.flowId] }),
	simplify: simplifyFlow,
});
