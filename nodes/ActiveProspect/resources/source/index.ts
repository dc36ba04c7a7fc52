import type { Resource } from '../../../shared/operation/operation';
import { getSubmissionDetails } from './getSubmissionDetails';

export const source: Resource = { name: 'Source', value: 'source', operations: [getSubmissionDetails] };
