import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { recordIn } from '../../answer';
import { company } from '../../entities';

/** Build B only. */
export const matchDomain = operation({
	name: 'Match Domain',
	value: 'matchDomain',
	action: 'Match company by domain',
	description:
		'Find the company that the domain of an email belongs to; "found" says whether there is one. Not every version of Sparx can.',
	fields: [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'name@email.com',
		},
	],
	input: z.object({ email: z.string().trim().min(1, 'is missing') }),
	safety: 'safe',
	request: ({ email }) => ({ method: 'GET', path: [...company.path, 'match-domain'], query: { email } }),
	output: (answer) => {
		const match = recordIn(answer);
		return { found: Boolean(match.company), ...match };
	},
	simplify: ({ found, company: match, domain, reason }) => ({
		found,
		domain,
		...(reason ? { reason } : {}),
		...(match ? { company: company.simplify(match as IDataObject) } : {}),
	}),
});
