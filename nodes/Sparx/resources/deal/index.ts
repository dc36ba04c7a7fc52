import type { Resource } from '../../../shared/operation/operation';
import { attachOrder } from './attachOrder';
import { create } from './create';
import { get } from './get';
import { getMany } from './getMany';
import { moveStage } from './moveStage';
import { update } from './update';

export const deal: Resource = {
	name: 'Deal',
	value: 'deal',
	operations: [getMany, attachOrder, create, get, moveStage, update],
};
