import { webhook } from '../../things';
import { deleteOne } from '../factories';

/** Contract 2.9. */
export const remove = deleteOne(webhook);
