import { paths } from '../../vendor';
import { getThread } from '../operations';

/** `GET /messages` of one conversation; the query `conversation_id` is assumed (docs/vendors/leadiosa.md#resources). */
export const getMany = getThread('messages', 'List the messages of a conversation', paths.messages);
