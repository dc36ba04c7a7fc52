import type { Resource } from '../../../shared/operation/operation';
import { getMany } from './getMany';

export const cap: Resource = { name: 'Cap', value: 'cap', operations: [getMany] };
