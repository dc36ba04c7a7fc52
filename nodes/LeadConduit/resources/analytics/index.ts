import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';

export const analytics: Resource = {
	name: 'Analytics',
	value: 'analytics',
	operations: [get],
};
