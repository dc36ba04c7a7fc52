import { simplifyContact } from '../../lead';
import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** `GET /contacts`; no filter is known (docs/vendors/leadiosa.md#fields). */
export const getMany = list({
	noun: 'contacts',
	description: 'List the contacts of the workspace',
	path: paths.contacts,
	simplify: simplifyContact,
});
