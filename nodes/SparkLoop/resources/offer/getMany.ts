import { offer } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.8. */
export const getMany = listOf(offer);
