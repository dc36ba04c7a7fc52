import type { Resource } from '../../../shared/operation/operation';
import { SUPPRESSION_LIST } from '../../vendor';
import { wholeList } from '../wholeList';
import { add, remove } from './change';
import { check } from './check';

export const suppressionList: Resource = {
	name: 'Suppression List',
	value: 'suppressionList',
	operations: [
		check,
		add,
		remove,
		wholeList('suppression lists', 'List the suppression lists of the account', {
			method: 'GET',
			server: SUPPRESSION_LIST,
			path: ['lists'],
		}),
	],
};
