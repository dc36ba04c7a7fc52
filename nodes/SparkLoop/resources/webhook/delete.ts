import { webhook } from '../../entities';
import { deleteOne } from '../operations';

/** `DELETE /webhooks/{id}` (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const remove = deleteOne(webhook);
