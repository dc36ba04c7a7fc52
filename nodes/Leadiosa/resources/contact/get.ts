import { simplifyContact } from '../../lead';
import { getOne } from '../operations';
import { contactEntity } from '../../entities';

/** `GET /contacts/{id}` (docs/vendors/leadiosa.md#resources). */
export const get = getOne(contactEntity, simplifyContact);
