import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';

/** One answer holds them all (docs/vendors/leadconduit.md#flows). */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many flows',
	description: 'List the flows of the account with how many leads they had, and how good those were',
	fields: [],
	input: z.object({}),
	safety: 'safe',
	list: {
		async *pages(_input, send) {
			yield listIn<IDataObject>(await send({ method: 'GET', path: ['flows'] }), 'flows');
		},
		recordId: ({ id }) => String(id),
	},
});
