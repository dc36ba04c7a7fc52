import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { getStatistics } from './getStatistics';

export const event: Resource = { name: 'Event', value: 'event', operations: [getMany, get, getStatistics] };
