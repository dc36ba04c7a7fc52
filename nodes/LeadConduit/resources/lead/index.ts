import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { search } from './search';
import { submit } from './submit';
import { submitMany } from './submitMany';

export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: [submit, submitMany, get, search],
};
