import { deleteOne } from '../operations';
import { webhookEntity } from '../../entities';

/** `DELETE /webhooks/{id}` (docs/vendors/leadiosa.md#resources). */
export const remove = deleteOne(webhookEntity);
