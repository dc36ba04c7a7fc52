import type { Resource } from '../../../shared/operation/operation';
import { wholeList } from '../wholeList';
import { create } from './create';

export const entity: Resource = {
	name: 'Entity',
	value: 'entity',
	operations: [
		wholeList('entities', 'List the companies that leads come from or go to', {
			method: 'GET',
			path: ['entities'],
		}),
		create,
	],
};
