import type { Resource } from '../../../shared/operation/operation';
import { listOfParts } from '../orderPart';
import { create } from './create';
import { throughProcessor } from './throughProcessor';

export const refund: Resource = {
	name: 'Refund',
	value: 'refund',
	operations: [listOfParts('refunds'), create, throughProcessor],
};
