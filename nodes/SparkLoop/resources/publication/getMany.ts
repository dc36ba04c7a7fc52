import { publication } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /publications`, the newest first (docs/vendors/sparkloop.md#publications). */
export const getMany = listOf(publication);
