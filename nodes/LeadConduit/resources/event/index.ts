import type { Resource } from '../../../shared/operation/operation';
import { getMany } from './getMany';

export const event: Resource = { name: 'Event', value: 'event', operations: [getMany] };
