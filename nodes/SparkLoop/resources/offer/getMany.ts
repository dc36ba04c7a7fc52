import { offer } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /offers`, the newest first (docs/vendors/sparkloop.md#offers). */
export const getMany = listOf(offer);
