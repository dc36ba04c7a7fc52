import { partnerProgram } from '../../entities';
import { getMany as listOf } from '../operations';

/** Contract 2.5. */
export const getMany = listOf(partnerProgram);
