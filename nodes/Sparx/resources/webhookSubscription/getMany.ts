import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordsIn } from '../../answer';
import { recordId } from '../../lists';
import { SUBSCRIPTIONS } from '../../webhooks';

/** All in one answer, the secrets shortened. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many webhook subscriptions',
	description: 'List where events are sent to',
	fields: [],
	input: z.object({}),
	safety: 'safe',
	list: {
		async *pages(_input, send) {
			yield recordsIn(await send({ method: 'GET', path: SUBSCRIPTIONS }));
		},
		recordId,
	},
});
