import { z } from 'zod';
import { filled } from '../../../shared/operation/filled';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { simplifyCustomer } from '../../lead';
import { CUSTOMERS } from './customer';
import { customerDataFields, customerDataInput, customerOf } from './data';

/** Contract 3.5. */
export const create = operation({
	name: 'Create',
	value: 'create',
	action: 'Create customer',
	description:
		'Add a new customer. An email can belong to one customer only; use Create or Update where it may be there already.',
	fields: customerDataFields,
	input: z.object(customerDataInput),
	safety: 'nonIdempotent',
	expected: { email: 'Email', phone: 'Phone' },
	request: (input) => ({
		method: 'POST',
		path: CUSTOMERS,
		body: filled(customerOf(input), 'create', 'customer'),
	}),
	output: recordIn,
	simplify: simplifyCustomer,
	advice: { 409: 'A customer has this email already, perhaps a deleted one. Use Create or Update.' },
});
