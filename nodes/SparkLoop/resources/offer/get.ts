import { offer } from '../../entities';
import { getOne } from '../operations';

/** `GET /offers/{id}` (docs/vendors/sparkloop.md#offers). */
export const get = getOne(offer);
