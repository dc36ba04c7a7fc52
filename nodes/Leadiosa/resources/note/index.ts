import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { getMany } from './getMany';

export const note: Resource = {
	name: 'Note',
	value: 'note',
	operations: [create, getMany],
};
