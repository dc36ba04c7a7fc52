import type { Resource } from '../../../shared/operation/operation';
import { listOfParts } from '../orderPart';
import { create } from './create';
import { simplifyFulfillment } from './data';
import { update } from './update';

export const fulfillment: Resource = {
	name: 'Fulfillment',
	value: 'fulfillment',
	operations: [listOfParts('fulfillments', simplifyFulfillment), create, update],
};
