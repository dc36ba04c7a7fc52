import { webhook } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /webhooks`, without counts (docs/vendors/sparkloop.md#webhook-subscriptions). */
export const getMany = listOf(webhook);
