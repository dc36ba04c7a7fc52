import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { customerId } from '../../entities';
import { changeCustomer } from './customer';
import { clearable, customerDataFields, customerDataInput, customerOf } from './data';

/** Source: docs/vendors/sparx.md, Customers. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change fields of a customer. Fields that are not given stay as they are.',
	fields: [customerId, ...customerDataFields, clearable.field],
	input: z.object({ customerId: id, ...customerDataInput, clearFields: clearable.input }),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	run: async (input, send) => {
		const changes = clearable.changes(customerOf(input), input.clearFields);
		return await changeCustomer(input.customerId, changes, send, input.customerData !== 'lead');
	},
	simplify: simplifyCustomer,
	advice: { 409: 'Another customer has this email already, perhaps a deleted one.' },
});
