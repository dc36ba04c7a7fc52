import { paths } from '../../vendor';
import { getMany as list } from '../operations';

/** Contract 2.1. */
export const getMany = list({
	noun: 'audit log entries',
	description: 'List who did what in the workspace, and when',
	path: paths.auditLog,
});
