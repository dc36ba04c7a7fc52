import { jsonAnswer, type Answer } from '../http/answer.mts';
import { createCustomer, findCustomers, updateCustomer } from './customers.mts';
import { salesPipeline } from './dealRoutes.mts';
import { readDocument, type Field } from './graphqlDocument.mts';
import { printCustomer } from './print.mts';
import { newestFirst } from './route.mts';
import { checked, customerFields, type CustomerQuery } from './schemas.mts';
import type { SparxSettings } from './settings.mts';
import type { Tenant } from './tenant.mts';

type Resolver = (args: Record<string, unknown>) => unknown;

/** Its fields that the schema has; content types are left out, and orders are not in it. */
function schemaOf(
	tenant: Tenant,
	settings: Readonly<SparxSettings>,
): Record<string, Record<string, Resolver>> {
	const print = (customer: Parameters<typeof printCustomer>[0]) => printCustomer(customer, settings);
	const fields = (input: unknown) => checked(customerFields(settings), input);
	return {
		query: {
			crmCustomers: ({ take = 50, skip = 0, ...filters }) => {
				const query = { ...filters, sort_by: 'updatedAt', property: 'all' } as unknown as CustomerQuery;
				const found = newestFirst(findCustomers(tenant, query, settings), 'updatedAt');
				const start = Number(skip);
				return { items: found.slice(start, start + Number(take)).map(print), total: found.length };
			},
			crmCustomer: ({ id }) => print(tenant.customer(String(id))),
			deals: () => ({ items: [...tenant.all('Deal').values()], total: tenant.all('Deal').size }),
			pipelines: () => [salesPipeline],
			crmTasks: () => [...tenant.all('Task').values()],
		},
		mutation: {
			createCustomer: ({ input }) => print(createCustomer(tenant, fields(input), settings)),
			updateCustomer: ({ id, input }) =>
				print(updateCustomer(tenant, tenant.customer(String(id)), fields(input), settings)),
		},
	};
}

/** Only the fields that were asked for. */
function selected(value: unknown, selection: Field[]): unknown {
	if (selection.length === 0 || value === null || typeof value !== 'object') return value;
	if (Array.isArray(value)) return value.map((entry) => selected(entry, selection));
	const record = value as Record<string, unknown>;
	return Object.fromEntries(
		selection.map(({ name, alias, selection: below }) => [
			alias ?? name,
			selected(record[name] ?? null, below),
		]),
	);
}

const refused = (status: number, message: string) =>
	jsonAnswer(status, { data: null, errors: [{ message }] });

/**
 * Fields are carried out one after another; one that is refused is null beside an error in a 200, and those before it
 * stay done. What the document itself gets wrong is refused as a whole with 400.
 */
export function answerGraphql(tenant: Tenant, body: unknown, settings: Readonly<SparxSettings>): Answer {
	const { query, variables = {} } = (body ?? {}) as { query?: unknown; variables?: Record<string, unknown> };
	if (typeof query !== 'string' || query === '') return refused(400, 'Must provide query string.');
	const read = readDocument(query, variables);
	if ('error' in read) return refused(400, read.error);
	const resolvers = schemaOf(tenant, settings)[read.operation];
	const unknown = read.selection.find(({ name }) => !resolvers[name]);
	if (unknown) {
		const type = read.operation === 'query' ? 'Query' : 'Mutation';
		return refused(400, `Cannot query field "${unknown.name}" on type "${type}".`);
	}
	const errors: object[] = [];
	const data: Record<string, unknown> = {};
	for (const { name, alias = name, args, selection } of read.selection) {
		try {
			data[alias] = selected(resolvers[name](args), selection);
		} catch (error) {
			data[alias] = null;
			errors.push({ message: (error as Error).message, path: [alias] });
		}
	}
	return jsonAnswer(200, { data, ...(errors.length > 0 && { errors }) });
}
