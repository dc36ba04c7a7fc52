import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { operation } from '../../../shared/operation/operation';
import { RefusedError } from '../../../shared/transport/requestError';
import { present } from '../fields';

/** Comments and texts may hold any word. */
const NOT_CODE = /#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g;

function mayWrite(document: string): boolean {
	return /\bmutation\b/.test(document.replace(NOT_CODE, ''));
}

/** Contract 3.6. GraphQL tells of errors in an answer with status 200; those are errors here too. */
export const query = operation({
	name: 'Query',
	value: 'query',
	action: 'Send query',
	description: 'Run a GraphQL query or mutation over the data of the account',
	fields: [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			typeOptions: { rows: 5 },
			required: true,
			default: '',
			placeholder: 'e.g. { orders { orderNumber total } }',
			description: 'Use variables for values. A mutation is never sent twice.',
		},
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [
				{
					displayName: 'Operation Name',
					name: 'operationName',
					type: 'string',
					default: '',
					description: 'Which operation to run, where the query holds several',
				},
				{
					displayName: 'Variables',
					name: 'variables',
					type: 'json',
					default: '{}',
					description: 'An object of the variables that the query uses',
				},
			],
		},
	],
	input: z.object({
		query: z.string().trim().min(1, 'is missing'),
		additionalFields: z
			.object({ operationName: z.string().trim().optional(), variables: z.record(z.unknown()).optional() })
			.default({}),
	}),
	safety: 'nonIdempotent',
	request: ({ query: document, additionalFields }) => ({
		method: 'POST',
		path: ['graphql'],
		body: present({ query: document, ...additionalFields } as IDataObject),
		safety: mayWrite(document) ? 'nonIdempotent' : 'safe',
	}),
	output: (answer) => {
		const { data, errors } = (answer ?? {}) as { data?: IDataObject; errors?: IDataObject[] };
		if (Array.isArray(errors) && errors.length > 0) {
			const code = (errors[0].extensions as IDataObject | undefined)?.code as string | undefined;
			const message = errors.map((error) => String(error.message)).join('; ');
			throw new RefusedError({ message, code }, 'Correct the query or its variables.');
		}
		return data ?? {};
	},
});
