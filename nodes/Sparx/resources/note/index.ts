import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';

export const note: Resource = { name: 'Note', value: 'note', operations: [create] };
