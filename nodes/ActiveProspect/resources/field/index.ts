import type { Resource } from '../../../shared/operation/operation';
import { wholeList } from '../wholeList';
import { create } from './create';

export const field: Resource = {
	name: 'Field',
	value: 'field',
	operations: [
		wholeList('fields', 'List the fields that the account knows, standard ones included', {
			method: 'GET',
			path: ['fields'],
		}),
		create,
	],
};
