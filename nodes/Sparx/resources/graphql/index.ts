import type { Resource } from '../../../shared/operation/operation';
import { query } from './query';

export const graphql: Resource = {
	name: 'GraphQL',
	value: 'graphql',
	operations: [query],
};
