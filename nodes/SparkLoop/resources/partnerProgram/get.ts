import { partnerProgram } from '../../things';
import { getOne } from '../factories';

/** Contract 2.5. */
export const get = getOne(partnerProgram);
