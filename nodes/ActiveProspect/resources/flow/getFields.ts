import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { listOf } from '../../lists';
import { flowId } from '../pickers';

export const getFields = operation({
	name: 'Get Fields',
	value: 'getFields',
	action: 'Get fields of flow',
	description: 'List the fields that a flow knows, for example to build a form',
	fields: [flowId],
	input: z.object({ flowId: id }),
	safety: 'safe',
	run: async (input, send) => listOf(await send({ method: 'GET', path: ['flows', input.flowId, 'fields'] })),
});
