import { z } from 'zod';
import { id } from '../../../shared/operation/input';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { customerId } from '../fields';
import { changeCustomer } from './customer';
import { changesOf, customerDataFields, customerDataInput } from './data';

/** Contract 3.5. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change fields of a customer. Fields that are not given stay as they are.',
	fields: [customerId, ...customerDataFields],
	input: z.object({ customerId: id, ...customerDataInput }),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	run: async (input, send) => await changeCustomer(input.customerId, changesOf(input), send),
	simplify: simplifyCustomer,
	advice: { 409: 'Another customer has this email already, perhaps a deleted one.' },
});
