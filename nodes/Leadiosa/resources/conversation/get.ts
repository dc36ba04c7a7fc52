import { getOne } from '../operations';
import { conversationEntity } from '../../entities';

/** Contract 2.2. */
export const get = getOne(conversationEntity);
