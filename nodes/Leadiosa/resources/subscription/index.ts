import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';

export const subscription: Resource = {
	name: 'Subscription',
	value: 'subscription',
	operations: [get],
};
