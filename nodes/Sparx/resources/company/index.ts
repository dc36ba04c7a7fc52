import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { matchDomain } from './matchDomain';
import { update } from './update';
import { upsert } from './upsert';

export const company: Resource = {
	name: 'Company',
	value: 'company',
	operations: [getMany, create, get, matchDomain, update, upsert],
};
