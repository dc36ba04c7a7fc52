import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { attemptAsync } from '../../../shared/attempt';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { isUncertain, statusOf } from '../../errors';
import { simplifyCustomer } from '../../lead';
import { addCustomer, changeCustomer, findByEmail } from './customer';
import { customerDataFieldsWith, customerDataInput, customerOf } from './data';

/** How the fields of one item are to be written. */
interface Writing {
	fields: IDataObject;
	/** See `addCustomer`. */
	isStrict: boolean;
	send: Send;
}

async function changed(customer: IDataObject, { fields, isStrict, send }: Writing): Promise<IDataObject> {
	const isChange = Object.keys(fields).length > 0;
	return isChange ? await changeCustomer(String(customer.id), fields, send, isStrict) : customer;
}

/**
 * Creates a customer whose email was just looked for in vain. An email belongs to one customer only, so an uncertain
 * ending is settled by looking for it again.
 */
async function createWithEmail(email: string, writing: Writing): Promise<IDataObject> {
	const { fields, isStrict, send } = writing;
	const created = await attemptAsync(async () => await addCustomer({ ...fields, email }, send, isStrict));
	if (created.ok) return created.value;
	if (!isUncertain(created.error) && statusOf(created.error) !== 409) throw created.error;
	const match = await findByEmail(email, send, { include_deleted: true, propertyId: fields.propertyId });
	if (!match) throw created.error;
	// Ours, or somebody else's of the same moment.
	if (!match.deletedAt) return await changed(match, writing);
	throw new UserError(`A deleted customer has the email ${email}`, {
		description: `Sparx keeps the email of customer ${String(match.id)}, which was deleted at ${String(match.deletedAt)}. Restore that customer in Sparx, or use another email.`,
	});
}

/** Sparx has no request for this: the email is searched for, then the customer is updated or created. */
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
				'The email that the customer is found by: one written exactly so, else one that differs in upper and lower case only. A new customer gets it as its email.',
		},
		...customerDataFieldsWith(['firstName', 'lastName', 'phone']),
	],
	input: z.object({ matchEmail: z.string().trim().min(1, 'is missing'), ...customerDataInput }),
	safety: 'nonIdempotent',
	expected: { phone: 'Phone' },
	orderingKey: (input) => input.matchEmail.toLowerCase(),
	run: async (input, send) => {
		const fields = customerOf(input);
		delete fields.email;
		const writing = { fields, isStrict: input.customerData !== 'lead', send };
		const match = await findByEmail(input.matchEmail, send, { propertyId: fields.propertyId });
		if (!match) return { ...(await createWithEmail(input.matchEmail, writing)), created: true };
		return { ...(await changed(match, writing)), created: false };
	},
	simplify: ({ created, ...customer }) => ({ ...simplifyCustomer(customer), created }),
});
