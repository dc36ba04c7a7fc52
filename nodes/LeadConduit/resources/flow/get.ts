import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { flowId } from './fields';

/** `GET /flows/{id}`, with the flow's steps (docs/vendors/leadconduit.md#flows). */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get flow',
	description: 'Retrieve one flow with its steps, the fields it requires and its acceptance criteria',
	fields: [flowId],
	input: z.object({ flowId: id }),
	safety: 'safe',
	orderingKey: (input) => input.flowId,
	request: (input) => ({ method: 'GET', path: ['flows', input.flowId] }),
});
