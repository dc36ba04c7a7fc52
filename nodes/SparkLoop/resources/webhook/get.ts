import { webhook } from '../../entities';
import { getOne } from '../operations';

/** `GET /webhooks/{id}` (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const get = getOne(webhook);
