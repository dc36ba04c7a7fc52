import { publication } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.4. */
export const getMany = listOf(publication);
