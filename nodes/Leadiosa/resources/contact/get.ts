import { simplifyContact } from '../../lead';
import { getOne } from '../operations';
import { contactThing } from '../things';

/** Contract 2.2. */
export const get = getOne(contactThing, simplifyContact);
