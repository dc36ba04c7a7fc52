import { simplifyContact } from '../../lead';
import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** Contract 2.2; no filter is known. */
export const getMany = list({
	noun: 'contacts',
	description: 'List the contacts of the workspace',
	path: paths.contacts,
	simplify: simplifyContact,
});
