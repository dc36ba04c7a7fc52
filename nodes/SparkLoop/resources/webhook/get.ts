import { webhook } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.9. */
export const get = getOne(webhook);
