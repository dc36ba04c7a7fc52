import type { Resource } from '../../../shared/operation/operation';
import { wholeList } from '../wholeList';
import { run } from './run';

export const report: Resource = {
	name: 'Report',
	value: 'report',
	operations: [
		wholeList('reports', 'List the saved reports of the account with their columns', {
			method: 'GET',
			path: ['reports'],
		}),
		run,
	],
};
