import { publication } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.4. */
export const getMany = listOf(publication);
