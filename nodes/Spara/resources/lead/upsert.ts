import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/listIn';
import { simplifyLead } from '../../lead';
import { leadDataFieldsWith, leadDataInput, leadDataOf } from './leadData';

/**
 * Spara has no request for this: the email is searched for (docs/vendors/spara.md#search), then the lead is updated or
 * created.
 */
export const upsert = operation({
	name: 'Create or Update',
	value: 'upsert',
	action: 'Create or update lead',
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
				'The email that the lead is found by, in upper or lower case. A new lead gets it as its email; another email among its fields is refused.',
		},
		...leadDataFieldsWith(['first_name', 'last_name', 'phone_number']),
	],
	input: z.object({ matchEmail: z.string().trim().min(1, 'is missing'), ...leadDataInput }),
	safety: 'nonIdempotent',
	expected: { phone_number: 'Phone Number' },
	orderingKey: (input) => input.matchEmail.toLowerCase(),
	run: async (input, send) => {
		const { email, ...fields } = leadDataOf(input);
		const stated = String(email ?? '').trim();
		if (stated !== '' && stated.toLowerCase() !== input.matchEmail.toLowerCase()) {
			throw new UserError(`The lead has the email ${stated}, but "Email to Match" is ${input.matchEmail}`, {
				description:
					'Nothing was sent for this item: the lead would get an email by which the next run does not find it, and would be made anew each time. Match by the same email, or use Update to change it.',
			});
		}
		const answer = await send({
			method: 'GET',
			path: ['leads', 'search'],
			query: { email: input.matchEmail },
			safety: 'safe',
		});
		const matches = listIn<IDataObject>(answer, 'data');
		if (matches.length > 1) {
			const ids = matches.map(({ id }) => String(id)).join(', ');
			throw new UserError(`${matches.length} leads have the email ${input.matchEmail}`, {
				description: `It is not clear which to update: ${ids}. Update one of them by its ID, or merge them in Spara.`,
			});
		}
		const [match] = matches;
		if (!match) {
			const lead = await send({
				method: 'POST',
				path: ['leads'],
				body: { ...fields, email: input.matchEmail },
			});
			return { ...(lead as IDataObject), created: true };
		}
		const path = ['leads', String(match.id)];
		if (Object.keys(fields).length > 0)
			await send({ method: 'PATCH', path, body: fields, safety: 'idempotent' });
		const lead = await send({ method: 'GET', path, safety: 'safe' });
		return { ...(lead as IDataObject), created: false };
	},
	simplify: ({ created, ...lead }) => ({ ...simplifyLead(lead), created }),
});
