import { simplifyContact } from '../../lead';
import { getOne } from '../operations';
import { contactEntity } from '../../entities';

/** Contract 2.2. */
export const get = getOne(contactEntity, simplifyContact);
