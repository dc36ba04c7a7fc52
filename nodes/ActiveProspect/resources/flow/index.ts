import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getFields } from './getFields';
import { getMany } from './getMany';
import { setEnabled } from './setEnabled';

export const flow: Resource = {
	name: 'Flow',
	value: 'flow',
	operations: [getMany, get, getFields, setEnabled],
};
