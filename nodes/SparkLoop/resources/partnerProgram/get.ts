import { partnerProgram } from '../../entities';
import { getOne } from '../operations';

/** `GET /partner_programs/{id}` (docs/vendors/sparkloop.md#partner-programs). */
export const get = getOne(partnerProgram);
