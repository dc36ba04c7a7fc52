import type { Resource } from '../../../shared/operation/operation';
import { send } from './send';

export const feedback: Resource = { name: 'Feedback', value: 'feedback', operations: [send] };
