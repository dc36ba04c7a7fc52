import { campaign } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.2. */
export const get = getOne(campaign);
