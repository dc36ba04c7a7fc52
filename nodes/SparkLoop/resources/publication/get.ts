import { publication } from '../../things';
import { getOne } from '../factories';

/** Contract 2.4. */
export const get = getOne(publication);
