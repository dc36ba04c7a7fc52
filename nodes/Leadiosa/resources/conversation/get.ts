import { getOne } from '../operations';
import { conversationEntity } from '../../entities';

/** `GET /conversations/{id}` (docs/vendors/leadiosa.md#resources). */
export const get = getOne(conversationEntity);
