import { subscriber } from '../../entities';
import { getMany as listOf } from '../operations';
import { subscriberFilters } from './filters';

/** `GET /subscribers`, the newest first (docs/vendors/sparkloop.md#subscribers). */
export const getMany = listOf(subscriber, {}, subscriberFilters);
