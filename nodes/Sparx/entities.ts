import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { pickerField, type PickerDefinition } from '../shared/picker/field';

const EXAMPLE_ID = '6f1f0a4e-2b7c-4d18-9a33-0c5e7d9b1a20';

/** What all operations on one kind of record have in common. */
export interface Entity {
	/** In texts. */
	noun: string;
	/** In texts, in the plural. */
	plural: string;
	/** Of the list; one record stands below it, under its ID. */
	path: string[];
	/** The field that names one. */
	id: INodeProperties;
	/** What build A puts back to a default when an update leaves it out, so that it is always sent. */
	resetWhenUnsent: string[];
	/** What build A drops without a word; its records do not have it. */
	onlyNewer?: string[];
	/** Makes the short form of a record. */
	simplify(record: IDataObject): IDataObject;
}

/** A required field that names one record. */
function locator(
	displayName: string,
	name: string,
	searchMethod: string,
	more: Partial<PickerDefinition> = {},
): INodeProperties {
	const noun = displayName.toLowerCase();
	return pickerField({ displayName, name, noun, searchMethod, exampleId: EXAMPLE_ID, ...more });
}

export const customerId = locator('Customer', 'customerId', 'searchCustomers');
export const orderId = locator('Order', 'orderId', 'searchOrders', {
	description: 'The order, whose ID is not its number',
});
export const subscriptionId = locator('Webhook Subscription', 'subscriptionId', 'searchSubscriptions');
export const ownerId = locator('Owner', 'ownerId', 'searchOwners', {
	description: 'The member of staff who is responsible',
});
export const pipelineId = locator('Pipeline', 'pipelineId', 'searchPipelines');
export const stageId = locator('Stage', 'stageId', 'searchStages', {
	description: 'A stage of the pipeline. A deal is won or lost by a stage that says so.',
});
export const listId = locator('List', 'listId', 'searchLists', {
	description: 'A list of customers, which Sparx also calls a segment',
});

/** The short form of a record: these of its fields, where they have a value. */
function short(fields: string[]): (record: IDataObject) => IDataObject {
	return (record) =>
		Object.fromEntries(
			fields
				.filter((field) => record[field] !== undefined && record[field] !== null)
				.map((field) => [field, record[field]]),
		) as IDataObject;
}

/** The company under the name that build B has for it. */
function withCompanyId(record: IDataObject): IDataObject {
	return { ...record, companyId: record.companyId ?? record.b2bAccountId };
}

const TIMES = ['createdAt', 'updatedAt'];

/** Build B calls them companies too, and keeps the older path that both builds have. */
export const company: Entity = {
	noun: 'company',
	plural: 'companies',
	path: ['crm', 'b2b-accounts'],
	id: locator('Company', 'companyId', 'searchCompanies'),
	resetWhenUnsent: ['status', 'tags', 'creditLimit', 'discountPercent', 'paymentTerms'],
	onlyNewer: ['domains', 'customProperties'],
	simplify: short(['id', 'companyName', 'domains', 'website', 'status', 'assignedRepId', 'tags', ...TIMES]),
};

const shortDeal = short([
	'id',
	'title',
	'pipelineId',
	'stageId',
	'customerId',
	'companyId',
	'assignedRepId',
	'value',
	'currency',
	'probability',
	'expectedCloseDate',
	'closedAt',
	'closedReason',
	...TIMES,
]);

export const deal: Entity = {
	noun: 'deal',
	plural: 'deals',
	path: ['crm', 'deals'],
	id: locator('Deal', 'dealId', 'searchDeals'),
	resetWhenUnsent: ['value', 'currency', 'probability', 'tags'],
	simplify: (record) => ({
		...shortDeal(withCompanyId(record)),
		...(record.stage ? { stage: record.stage } : {}),
	}),
};

export const task: Entity = {
	noun: 'task',
	plural: 'tasks',
	path: ['crm', 'tasks'],
	id: locator('Task', 'taskId', 'searchTasks'),
	resetWhenUnsent: ['priority'],
	simplify: short([
		'id',
		'title',
		'description',
		'assignedToUserId',
		'customerId',
		'dealId',
		'dueAt',
		'priority',
		'status',
		'completedAt',
		...TIMES,
	]),
};
