import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** `GET /audit`; the fields of an entry are assumed (docs/vendors/leadiosa.md#fields). */
export const getMany = list({
	noun: 'audit log entries',
	description: 'List who did what in the workspace, and when',
	path: paths.auditLog,
});
