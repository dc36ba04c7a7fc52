import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { additionalFieldCollection } from '../../../shared/operation/collection';
import { operation } from '../../../shared/operation/operation';
import { RefusedError } from '../../../shared/transport/requestError';
import { present } from '../fields';

/** Comments and texts may hold any word. */
const NOT_CODE = /#[^\n]*|"""[\s\S]*?"""|"(?:\\.|[^"\\\n])*"/g;

function mayWrite(document: string): boolean {
	return /\bmutation\b/.test(document.replace(NOT_CODE, ''));
}

/** Each field of a mutation is carried out by itself: what stands beside an error has been done. */
function adviceFor(data: IDataObject): string {
	const done = Object.keys(data).filter((name) => data[name] !== null);
	if (done.length === 0) return 'Correct the query or its variables.';
	return `These parts were answered all the same, and a mutation among them has been done: ${done.join(', ')}. Correct the rest, and do not send those again.`;
}

/** GraphQL tells of errors in an answer with status 200; those are errors here too. */
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
			placeholder: 'e.g. { crmCustomers(take: 10) { items { email } total } }',
			description:
				'Use variables for values. Customers, deals, tasks and content can be queried, orders cannot. A mutation is never sent twice.',
		},
		additionalFieldCollection([
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
		]),
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
		const { data, errors } = (answer ?? {}) as { data?: IDataObject | null; errors?: IDataObject[] };
		if (!Array.isArray(errors) || errors.length === 0) return data ?? {};
		const code = (errors[0].extensions as IDataObject | undefined)?.code as string | undefined;
		const message = errors.map((error) => String(error.message)).join('; ');
		throw new RefusedError({ message, code }, adviceFor(data ?? {}));
	},
});
