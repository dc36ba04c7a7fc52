import type { Resource } from '../../../shared/operation/operation';
import { addMember } from './addMember';
import { get } from './get';
import { getMany } from './getMany';
import { getReferrals } from './getReferrals';
import { getSubscribers } from './getSubscribers';
import { removeMember } from './removeMember';
import { update } from './update';

export const campaign: Resource = {
	name: 'Campaign',
	value: 'campaign',
	operations: [getMany, addMember, get, getReferrals, getSubscribers, removeMember, update],
};
