import { webhook } from '../../things';
import { getOne } from '../factories';

/** Contract 2.9. */
export const get = getOne(webhook);
