import { upscribe } from '../../things';
import { getOne } from '../factories';

/** Contract 2.7. */
export const get = getOne(upscribe);
