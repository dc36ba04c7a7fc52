import { z } from 'zod';
import { id } from '../../../shared/operation/id';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { simplifyCustomer } from '../../lead';
import { customerId } from '../../entities';

import { CUSTOMERS } from './customer';

/** Source: docs/vendors/sparx.md, Customers. */
export const get = operation({
	name: 'Get',
	value: 'get',
	action: 'Get customer',
	description: 'Retrieve one customer',
	fields: [customerId],
	input: z.object({ customerId: id }),
	safety: 'safe',
	orderingKey: (input) => input.customerId,
	request: (input) => ({ method: 'GET', path: [...CUSTOMERS, input.customerId] }),
	output: recordIn,
	simplify: simplifyCustomer,
});
