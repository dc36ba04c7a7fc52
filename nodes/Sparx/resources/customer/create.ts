import { z } from 'zod';
import { filled } from '../../../shared/operation/filled';
import { operation } from '../../../shared/operation/operation';
import { simplifyCustomer } from '../../lead';
import { addCustomer } from './customer';
import { customerDataFieldsWith, customerDataInput, customerOf } from './data';

/** Source: docs/vendors/sparx.md, Customers. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create customer',
	description:
		'Add a new customer. An email can belong to one customer only; use Create or Update where it may be there already.',
	fields: customerDataFieldsWith(['email', 'firstName', 'lastName', 'phone']),
	input: z.object(customerDataInput),
	safety: 'nonIdempotent',
	expected: { email: 'Email', phone: 'Phone' },
	run: async (input, send) =>
		await addCustomer(filled(customerOf(input), 'create', 'customer'), send, input.customerData !== 'lead'),
	simplify: simplifyCustomer,
	advice: { 409: 'A customer has this email already, perhaps a deleted one. Use Create or Update.' },
});
