import { partnerProgram } from '../../things';
import { getMany as listOf } from '../factories';

/** Contract 2.5. */
export const getMany = listOf(partnerProgram);
