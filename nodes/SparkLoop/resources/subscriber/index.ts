import type { Resource } from '../../../shared/operation/operation';
import { create } from './create';
import { remove } from './delete';
import { get } from './get';
import { getMany } from './getMany';
import { recordEvent } from './recordEvent';
import { reject } from './reject';
import { unsubscribe } from './unsubscribe';
import { update } from './update';
import { upsert } from './upsert';

export const subscriber: Resource = {
	name: 'Subscriber',
	value: 'subscriber',
	operations: [get, create, remove, getMany, recordEvent, reject, unsubscribe, update, upsert],
};
