import { publication } from '../../entities';
import { getOne } from '../operations';

/** `GET /publications/{id}` (docs/vendors/sparkloop.md#publications). */
export const get = getOne(publication);
