import { webhook } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.9. */
export const getMany = listOf(webhook);
