import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getMany } from './getMany';
import { updateSettings } from './updateSettings';

export const flow: Resource = {
	name: 'Flow',
	value: 'flow',
	operations: [getMany, get, updateSettings],
};
