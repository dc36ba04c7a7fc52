import type { Resource } from '../../../shared/operation/operation';
import { getMembers } from './getMembers';
import { addMember, removeMember } from './members';

export const list: Resource = {
	name: 'List',
	value: 'list',
	operations: [getMembers, addMember, removeMember],
};
