import type { Resource } from '../../../shared/operation/operation';
import { get } from './get';
import { getTimeline } from './getTimeline';
import { ping } from './ping';
import { pingAndSubmit } from './pingAndSubmit';
import { search } from './search';
import { submit } from './submit';

export const lead: Resource = {
	name: 'Lead',
	value: 'lead',
	operations: [submit, ping, pingAndSubmit, get, search, getTimeline],
};
