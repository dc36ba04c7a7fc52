import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';

export const partnerProfile: Resource = {
	name: 'Partner Profile',
	value: 'partnerProfile',
	operations: [get],
};
