import { paths } from '../../vendor';
import { getThread } from '../operations';

/** Contract 2.2. */
export const getMany = getThread('messages', 'List the messages of a conversation', paths.messages);
