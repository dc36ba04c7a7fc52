import { offer } from '../../things';
import { getOne } from '../factories';

/** Contract 2.8. */
export const get = getOne(offer);
