import { partnerProgram } from '../../entities';
import { getMany as listOf } from '../operations';

/** `GET /partner_programs`, the newest first (docs/vendors/sparkloop.md#partner-programs). */
export const getMany = listOf(partnerProgram);
