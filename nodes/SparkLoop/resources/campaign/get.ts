import { campaign } from '../../things';
import { getOne } from '../factories';

/** Contract 2.2. */
export const get = getOne(campaign);
