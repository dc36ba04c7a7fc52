import type { Resource } from '../../../shared/operation/operation';
import { getMany } from './getMany';

export const auditLog: Resource = {
	name: 'Audit Log',
	value: 'auditLog',
	operations: [getMany],
};
