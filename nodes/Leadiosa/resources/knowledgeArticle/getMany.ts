import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** Contract 2.2. */
export const getMany = list({
	noun: 'knowledge articles',
	description: 'List the articles that the AI answers from',
	path: paths.knowledge,
});
