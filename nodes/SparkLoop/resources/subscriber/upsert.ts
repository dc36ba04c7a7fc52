import type { IDataObject } from 'n8n-workflow';
import { attemptAsync } from '../../../shared/attempt';
import { operation } from '../../../shared/operation/operation';
import type { Send } from '../../../shared/transport/transport';
import { simplifyLead } from '../../lead';
import { isAnsweredWith } from '../../errors';
import { part } from '../../apiFields';
import { emailOf, newSubscriberBody, newSubscriberFields, newSubscriberInput } from './subscriberData';

async function update(path: string[], body: IDataObject, send: Send): Promise<IDataObject> {
	const current = part(await send({ method: 'GET', path, safety: 'safe' }), 'subscriber');
	// Of what a new subscriber may have, only the name can be changed later (docs/vendors/sparkloop.md#subscribers).
	const { name } = body;
	if (name === undefined || name === current.name) return current;
	return part(await send({ method: 'PUT', path, body: { name } }), 'subscriber');
}

/**
 * A 400 may mean that the email is taken (docs/vendors/sparkloop.md#subscribers), and may mean other things:
 * whether the subscriber is there tells which. Sent twice it does no harm, since a second create is refused.
 */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update subscriber',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	fields: [
		...newSubscriberFields,
		{
			displayName:
				'Of a subscriber who exists already, SparkLoop can change the name only; the other fields are for new ones.',
			name: 'upsertNotice',
			type: 'notice',
			default: '',
		},
	],
	input: newSubscriberInput,
	safety: 'idempotent',
	orderingKey: emailOf,
	run: async (input, send) => {
		const body = newSubscriberBody(input);
		const created = await attemptAsync(
			async () => await send({ method: 'POST', path: ['subscribers'], body }),
		);
		if (created.ok) return { ...part(created.value, 'subscriber'), created: true };
		if (!isAnsweredWith(created.error, 400)) throw created.error;

		const updated = await attemptAsync(async () => await update(['subscribers', emailOf(input)], body, send));
		if (updated.ok) return { ...updated.value, created: false };
		throw isAnsweredWith(updated.error, 404) ? created.error : updated.error;
	},
	simplify: ({ created, ...subscriber }) => ({ ...simplifyLead(subscriber), created }),
	advice: { 400: 'Check the email and the other values of this item.' },
});
