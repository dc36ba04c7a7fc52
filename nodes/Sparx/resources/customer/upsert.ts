import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { attemptAsync } from '../../../shared/attempt';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { recordIn } from '../../answer';
import { isUncertain, statusOf } from '../../errors';
import { simplifyCustomer } from '../../lead';
import { changeCustomer, CUSTOMERS, findByEmail } from './customer';
import { customerDataFields, customerDataInput, customerOf } from './data';

async function changed(customer: IDataObject, fields: IDataObject, send: Send): Promise<IDataObject> {
	const isChange = Object.keys(fields).length > 0;
	return isChange ? await changeCustomer(String(customer.id), fields, send) : customer;
}

/**
 * Creates a customer whose email was just looked for in vain. An email belongs to one customer only, so an uncertain
 * ending is settled by looking for it again (contract section 5).
 */
async function createWithEmail(email: string, fields: IDataObject, send: Send): Promise<IDataObject> {
	const body = { ...fields, email };
	const created = await attemptAsync(async () =>
		recordIn(await send({ method: 'POST', path: CUSTOMERS, body })),
	);
	if (created.ok) return created.value;
	if (!isUncertain(created.error) && statusOf(created.error) !== 409) throw created.error;
	const match = await findByEmail(email, send, { include_deleted: true });
	if (!match) throw created.error;
	// Ours, or somebody else's of the same moment.
	if (!match.deletedAt) return await changed(match, fields, send);
	throw new UserError(`A deleted customer has the email ${email}`, {
		description: `Sparx keeps the email of customer ${String(match.id)}, which was deleted at ${String(match.deletedAt)}. Restore that customer in Sparx, or use another email.`,
	});
}

/** Sparx has no request for this: the email is searched for, then the customer is updated or created (contract 3.5). */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update customer',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [
		{
			displayName: 'Email to Match',
			name: 'matchEmail',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'name@email.com',
			description:
				'The exact email that the customer is found by; upper and lower case differ. A new customer gets it as its email.',
		},
		...customerDataFields,
	],
	input: z.object({ matchEmail: z.string().trim().min(1, 'is missing'), ...customerDataInput }),
	safety: 'nonIdempotent',
	expected: { phone: 'Phone' },
	orderingKey: (input) => input.matchEmail,
	run: async (input, send) => {
		const fields = customerOf(input);
		delete fields.email;
		const match = await findByEmail(input.matchEmail, send);
		if (!match) return { ...(await createWithEmail(input.matchEmail, fields, send)), created: true };
		return { ...(await changed(match, fields, send)), created: false };
	},
	simplify: ({ created, ...customer }) => ({ ...simplifyCustomer(customer), created }),
});
