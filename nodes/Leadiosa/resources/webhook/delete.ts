import { deleteOne } from '../operations';
import { webhookEntity } from '../../entities';

/** Contract 2.2. */
export const remove = deleteOne(webhookEntity);
