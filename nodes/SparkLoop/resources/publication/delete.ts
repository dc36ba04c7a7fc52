import { publication } from '../../things';
import { deleteOne } from '../factories';

/** Contract 2.4. */
export const remove = deleteOne(publication);
