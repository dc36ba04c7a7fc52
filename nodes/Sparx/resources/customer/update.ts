import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { customerId } from '../../entities';

import { changeCustomer } from './customer';
import { changesOf, clearField, clearInput, customerDataFields, customerDataInput } from './data';

/** Source: docs/vendors/sparx.md, Customers. */
export const update = operation({
	name: 'Update',
	value: 'update',
	action: 'Update customer',
	description: 'Change fields of a customer. Fields that are not given stay as they are.',
	fields: [customerId, ...customerDataFields, clearField],
	input: z.object({ customerId: id, ...customerDataInput, clearFields: clearInput }),
	safety: 'idempotent',
	orderingKey: (input) => input.customerId,
	run: async (input, send) => {
		const changes = changesOf(input, input.clearFields);
		return await changeCustomer(input.customerId, changes, send, input.customerData !== 'lead');
	},
	simplify: simplifyCustomer,
	advice: { 409: 'Another customer has this email already, perhaps a deleted one.' },
});
