import { webhook } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.9. */
export const getMany = listOf(webhook);
