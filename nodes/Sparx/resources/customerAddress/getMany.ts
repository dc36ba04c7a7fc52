import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordsIn } from '../../answer';
import { customerId } from '../../entities';
import { recordId } from '../../lists';
import { addressPath, simplify } from './data';

/** All come in one answer. */
export const getMany = operation({
	name: 'Get Many',
	value: 'getMany',
	action: 'Get many saved addresses',
	description:
		'List the saved addresses of a customer, the default first. Not every version of Sparx has saved addresses.',
	fields: [customerId],
	input: z.object({ customerId: id }),
	safety: 'safe',
	orderingKey: (input) => input.customerId,
	list: {
		async *pages(input, send) {
			yield recordsIn(await send({ method: 'GET', path: addressPath(input.customerId) }));
		},
		recordId,
	},
	simplify,
});
