import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { getReferrals } from './getReferrals';
import { update } from './update';

export const partnerProgram: Resource = {
	name: 'Partner Program',
	value: 'partnerProgram',
	operations: [getMany, get, getReferrals, update],
};
