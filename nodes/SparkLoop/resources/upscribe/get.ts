import { upscribe } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.7. */
export const get = getOne(upscribe);
