import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { textField } from '../../fields';
import { simplifyRecommendation } from '../../simplify';
import { upscribe } from '../../entities';
import { part } from '../../apiFields';
import { recommendationId, recommendationInput, recommendationPath } from './recommendation';

/** The reason is all that can be changed (docs/vendors/sparkloop.md#upscribes). */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update recommendation',
	description: 'Change the reason that subscribers see for a recommendation',
	fields: [upscribe.id, recommendationId, textField('Reason', 'reason', { required: true })],
	input: z.object({ ...recommendationInput, reason: z.string().trim().min(1, 'is missing') }),
	safety: 'idempotent',
	orderingKey: (input) => input.recommendationId,
	request: (input) => ({ method: 'PUT', path: recommendationPath(input), body: { reason: input.reason } }),
	output: (answer) => part(answer, 'recommendation'),
	simplify: simplifyRecommendation,
});
