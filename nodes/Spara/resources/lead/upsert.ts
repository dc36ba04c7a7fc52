import { UserError, type IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { listIn } from '../../../shared/paging/pagingError';
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
				'The email that the lead is found by, in upper or lower case. A new lead gets it as its email.',
		},
		...leadDataFieldsWith(['first_name', 'last_name', 'phone_number']),
	],
	input: z.object({ matchEmail: z.string().trim().min(1, 'is missing'), ...leadDataInput }),
	safety: 'nonIdempotent',
	orderingKey: (input) => input.matchEmail.toLowerCase(),
	run: async (input, send) => {
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
		const body = leadDataOf(input);
		if (!match) {
			const lead = await send({
				method: 'POST',
				path: ['leads'],
				body: { email: input.matchEmail, ...body },
			});
			return { ...(lead as IDataObject), created: true };
		}
		const path = ['leads', String(match.id)];
		if (Object.keys(body).length > 0) await send({ method: 'PATCH', path, body, safety: 'idempotent' });
		const lead = await send({ method: 'GET', path, safety: 'safe' });
		return { ...(lead as IDataObject), created: false };
	},
	simplify: ({ created, ...lead }) => ({ ...simplifyLead(lead), created }),
});
