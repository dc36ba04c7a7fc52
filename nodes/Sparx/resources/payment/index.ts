import type { Resource } from '../../../shared/operation/operation';
import { listOfParts } from '../orderPart';
import { create } from './create';
import { voidPayment } from './void';

export const payment: Resource = {
	name: 'Payment',
	value: 'payment',
	operations: [listOfParts('payments'), create, voidPayment],
};
