import type { Resource } from '../../../shared/operation/operation';
import { call } from './call';
import { create } from './create';
import { get } from './get';
import { search } from './search';
import { update } from './update';
import { upsert } from './upsert';

export const lead: Resource<'calls'> = {
	name: 'Lead',
	value: 'lead',
	operations: [search, call, create, get, update, upsert],
};
