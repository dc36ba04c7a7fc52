import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** `GET /knowledge` (docs/vendors/leadiosa.md#resources). */
export const getMany = list({
	noun: 'knowledge articles',
	description: 'List the articles that the AI answers from',
	path: paths.knowledge,
});
