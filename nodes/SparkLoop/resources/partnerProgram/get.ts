import { partnerProgram } from '../../entities';
import { getOne } from '../operations';

/** Contract 2.5. */
export const get = getOne(partnerProgram);
