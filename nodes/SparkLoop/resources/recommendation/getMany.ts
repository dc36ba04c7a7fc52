import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { simplifyRecommendation } from '../../simplify';
import { upscribe } from '../../entities';
import { listOperation } from '../operations';

/** Paused ones are listed, too (docs/vendors/sparkloop.md#upscribes). */
export const getMany = listOperation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many recommendations',
	description: 'List the recommendations of an upscribe, paused ones included, the newest first',
	fields: [upscribe.id],
	input: z.object({ upscribeId: id }),
	list: ({ upscribeId }) => ({ path: ['upscribes', upscribeId, 'recommendations'], key: 'recommendations' }),
	simplify: simplifyRecommendation,
});
