import { paths } from '../../vendor';
import { getThread } from '../operations';

/** `GET /notes` of one conversation; the query `conversation_id` is assumed (docs/vendors/leadiosa.md#resources). */
export const getMany = getThread(
	'notes',
	'List the internal notes of a conversation, which the contact does not see',
	paths.notes,
);
