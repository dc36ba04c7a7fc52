import { z } from 'zod';
import { operation, type Operation } from '../../shared/operation/operation';
import type { RequestSpec } from '../../shared/transport/transport';
import { listOf, recordId } from '../lists';

/** A list that one answer holds whole. */
export function wholeList(plural: string, description: string, request: RequestSpec): Operation {
	return operation({
		name: 'Get Many',
		value: 'getMany',
		action: `Get many ${plural}`,
		description,
		fields: [],
		input: z.object({}),
		safety: 'safe',
		list: {
			async *pages(_input, send) {
				yield listOf(await send(request));
			},
			recordId,
		},
	});
}
