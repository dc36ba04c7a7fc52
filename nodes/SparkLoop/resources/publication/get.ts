import { publication } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.4. */
export const get = getOne(publication);
