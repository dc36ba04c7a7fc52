import type { IDataObject, INodeListSearchItems } from 'n8n-workflow';
import { narrowed, picker, type ListSearch } from '../../shared/picker/search';
import { recordsIn, totalIn } from '../answer';
import { company, deal, task } from '../entities';
import { ALL_SITES, CUSTOMERS } from '../resources/customer/customer';
import { ORDERS } from '../resources/order/order';
import { LISTS } from '../resources/list/members';
import { sparx } from '../vendor';

const PAGE = 50;

function customerName({ id, firstName, lastName, email, company: name }: IDataObject): string {
	const person = [firstName, lastName].filter(Boolean).join(' ');
	return [person || name, email].filter(Boolean).join(', ') || String(id);
}

function orderName({ orderNumber, status, total, currency, placedAt }: IDataObject): string {
	const placed = typeof placedAt === 'string' ? placedAt.slice(0, 10) : undefined;
	return [
		orderNumber,
		status,
		total === undefined ? undefined : `${String(total)} ${String(currency)}`,
		placed,
	]
		.filter(Boolean)
		.join(', ');
}

/** A list that is searched by the server and read page by page; where it comes whole, it is narrowed here. */
function pagedPicker(
	plural: string,
	path: string[],
	label: (record: IDataObject) => unknown,
	more: IDataObject = {},
	isSearched = false,
): ListSearch {
	return picker(sparx, plural, async ({ filter, page = '0' }, send) => {
		const skip = Number(page);
		const query = { q: filter || undefined, take: PAGE, skip, ...more };
		const answer = await send({ method: 'GET', path, query });
		const records = recordsIn(answer);
		const entries = records.map((record) => ({
			name: String(label(record) ?? record.id),
			value: String(record.id),
		}));
		const reached = skip + records.length;
		const isMore = records.length > 0 && reached < (totalIn(answer) ?? 0);
		return {
			entries: isSearched ? entries : narrowed(entries, filter),
			next: isMore ? String(reached) : undefined,
		};
	});
}

/** A list that comes whole, in one answer. */
function wholePicker(
	plural: string,
	path: string[],
	query: IDataObject,
	read: (records: IDataObject[], pipeline: string) => INodeListSearchItems[],
): ListSearch {
	return picker(sparx, plural, async ({ filter, context }, send) => {
		const records = recordsIn(await send({ method: 'GET', path, query }));
		// n8n takes no value out of a field that the operation does not have.
		const chosen = context.getCurrentNodeParameter('pipelineId') as { value?: unknown } | undefined;
		return { entries: narrowed(read(records, String(chosen?.value ?? '')), filter) };
	});
}

const named = (records: IDataObject[]): INodeListSearchItems[] =>
	records.map(({ id, name, email }) => ({ name: String(name ?? email ?? id), value: String(id) }));

/** The stages of the pipeline that is chosen, or of all with the pipeline's name. */
function stagesOf(pipelines: IDataObject[], chosen: string): INodeListSearchItems[] {
	const own = pipelines.filter(({ id }) => id === chosen);
	return (own.length > 0 ? own : pipelines).flatMap(({ name: pipeline, stages }) =>
		((stages ?? []) as IDataObject[]).map(({ id, name, stageType }) => {
			const kind = stageType === 'open' ? '' : ` (${String(stageType)})`;
			const prefix = own.length > 0 ? '' : `${String(pipeline)}: `;
			return { name: `${prefix}${String(name)}${kind}`, value: String(id) };
		}),
	);
}

const PIPELINES = ['crm', 'pipelines'];

/** What the pickers of the node show (docs/vendors/sparx.md). */
export const listSearch: Record<string, ListSearch> = {
	searchCompanies: pagedPicker('companies', company.path, ({ companyName }) => companyName),
	searchCustomers: pagedPicker(
		'customers',
		CUSTOMERS,
		customerName,
		{ sort_by: 'createdAt', ...ALL_SITES },
		true,
	),
	searchDeals: pagedPicker('deals', deal.path, ({ title }) => title),
	searchLists: pagedPicker('lists', LISTS, ({ name }) => name),
	searchOrders: pagedPicker('orders', ORDERS, orderName),
	searchOwners: wholePicker('owners', ['users'], { take: 500 }, named),
	searchPipelines: wholePicker('pipelines', PIPELINES, { take: 250 }, named),
	searchStages: wholePicker('stages', PIPELINES, { take: 250 }, stagesOf),
	searchSubscriptions: pagedPicker('webhook subscriptions', ['webhooks', 'subscriptions'], ({ name, url }) =>
		[name, url].filter(Boolean).join(', '),
	),
	searchTasks: pagedPicker('tasks', task.path, ({ title }) => title),
};
