import { publication } from '../../entities';
import { deleteOne } from '../operations';

/** Contract 2.4. */
export const remove = deleteOne(publication);
