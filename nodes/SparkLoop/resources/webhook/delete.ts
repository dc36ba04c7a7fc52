import { webhook } from '../../entities';
import { deleteOne } from '../operations';

/** Contract 2.9. */
export const remove = deleteOne(webhook);
