import { offer } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.8. */
export const getMany = listOf(offer);
