import { publication } from '../../entities';
import { deleteOne } from '../operations';

/** `DELETE /publications/{id}`, by one source only (docs/vendors/sparkloop.md#publications). */
export const remove = deleteOne(publication);
