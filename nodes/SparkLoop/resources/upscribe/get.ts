import { upscribe } from '../../entities';
import { getOne } from '../operations';

/** `GET /upscribes/{id}` (docs/vendors/sparkloop.md#upscribes). */
export const get = getOne(upscribe);
