import { offer } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.8. */
export const get = getOne(offer);
