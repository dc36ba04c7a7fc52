import { paths } from '../../vendor';
import { getThread } from '../operations';

/** Contract 2.2. */
export const getMany = getThread(
	'notes',
	'List the internal notes of a conversation, which the contact does not see',
	paths.notes,
);
